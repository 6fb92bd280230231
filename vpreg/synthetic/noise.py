"""Smooth random functions: cubic B-splines over independent normal control values."""

from __future__ import annotations

import math
from functools import lru_cache

import torch

from vpreg.filters.banded import apply_along
from vpreg.synthetic.randomness import Randomness


def smooth_noise(
    random: Randomness, shape: tuple[int, int, int], *, spacing_voxels: float, channels: int = 1
) -> torch.Tensor:
    """Draw noise (channels, K, J, I), twice differentiable, of mean 0 and deviation 1 everywhere.

    `spacing_voxels` is the distance of the control points: bumps are about three times as wide.
    """
    rows = [
        spline_matrix(n, spacing_voxels, dtype=torch.float32, device=random.device) for n in shape
    ]
    noise = random.normal(channels, *(m.shape[1] for m in rows))
    for axis, matrix in enumerate(rows, start=1):
        noise = apply_along(noise, matrix, axis)
    return noise


@lru_cache(maxsize=64)
def spline_matrix(
    n: int, spacing_voxels: float, *, dtype: torch.dtype, device: torch.device
) -> torch.Tensor:
    """Build the (n, controls) matrix of cubic B-splines whose rows have length one.

    Rows of length one keep the deviation of the noise the same at every voxel.
    """
    with torch.inference_mode(mode=False):
        controls = math.ceil((n - 1) / spacing_voxels) + 4
        at = torch.arange(n, dtype=torch.float64) / spacing_voxels
        distance = (at[:, None] - (torch.arange(controls, dtype=torch.float64) - 1.5)).abs()
        near = 2 / 3 - distance**2 + distance**3 / 2
        far = (2 - distance).clamp(min=0) ** 3 / 6
        weights = torch.where(distance < 1, near, far)
        weights /= weights.square().sum(1, keepdim=True).sqrt()
        return weights.to(dtype).to(device)
