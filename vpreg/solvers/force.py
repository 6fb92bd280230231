"""From the gradient of a similarity to a step of the field."""

from __future__ import annotations

from functools import lru_cache

import torch

from vpreg.fields.gradient import image_gradient
from vpreg.filters.banded import apply_along
from vpreg.images.grid import Triple
from vpreg.solvers.level import Level, per_axis


def step_along_force(
    slope: torch.Tensor,
    warped: torch.Tensor,
    level: Level,
    *,
    smoothing: float,
    step: float,
    least_gain: float = 0.0,
    reach_mm: Triple = (0.0, 0.0, 0.0),
) -> torch.Tensor:
    """Return the step (3, K, J, I) in voxels of the field that lowers the loss.

    `slope` is the derivative of the loss by the warped image. The force is smoothed (`smoothing`)
    and scaled so that its longest arrow has the length `step`, both in finest image voxels: the
    step of greedy and FireANTs (methods §7.5), which keeps every update invertible. It is zero
    where it promises less than `least_gain` of the loss: the force of images that already agree is
    rounding, and a longest arrow of fixed length would make motion of it. `reach_mm` is the least
    smoothing along each axis.
    """
    force = image_gradient(warped).mul_(slope)
    force = _shrink_smoothly(force, level, smoothing, reach_mm)
    # Steepest descent in millimetres: the gradient is per mm, the step is in mm.
    force.div_(per_axis(level.image_spacing_mm, force))
    longest = force.square().sum(0).amax().sqrt()
    length_mm = step * level.finest_mm
    voxels_of_one = slope.numel() / force[0].numel()
    gain = length_mm * voxels_of_one * force.square().sum() / longest
    worth = (longest > 0) & (gain > least_gain)
    scale = torch.where(worth, -length_mm / longest, torch.zeros_like(longest))
    return force.mul_(scale).div_(per_axis(level.field_spacing_mm, force))


def _shrink_smoothly(
    force: torch.Tensor, level: Level, smoothing: float, reach_mm: Triple
) -> torch.Tensor:
    for axis, sigma in enumerate(level.image_voxels(smoothing)):
        sigma = max(sigma, reach_mm[axis] / level.image_spacing_mm[axis])
        n, n_small = level.image_shape[axis], level.field_shape[axis]
        matrix = _gaussian_reading(n, n_small, sigma, force.dtype, force.device)
        force = apply_along(force, matrix, axis + 1)
    return force


@lru_cache(maxsize=64)
def _gaussian_reading(
    n: int, n_small: int, sigma: float, dtype: torch.dtype, device: torch.device
) -> torch.Tensor:
    """Build (n_small, n): a Gaussian mean around the centre of each small voxel."""
    # A tensor born in inference mode could not serve training later, and this one is kept.
    with torch.inference_mode(mode=False):
        centre = (torch.arange(n_small, dtype=torch.float64) + 0.5) * n / n_small - 0.5
        offset = centre[:, None] - torch.arange(n, dtype=torch.float64)
        width = max(sigma, 0.35)
        matrix = torch.exp(-0.5 * (offset / width) ** 2)
        matrix[offset.abs() > max(1.0, 3 * width)] = 0.0
        return (matrix / matrix.sum(1, keepdim=True)).to(dtype).to(device)
