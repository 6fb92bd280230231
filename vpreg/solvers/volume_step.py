"""Steps of the field that give tissue its volume back."""

from __future__ import annotations

import torch

from vpreg.fields.compose import compose
from vpreg.fields.gradient import image_gradient
from vpreg.fields.jacobian import jacobian_determinant
from vpreg.fields.warp import warp
from vpreg.filters.differences import difference_along
from vpreg.filters.gaussian import gaussian_smooth
from vpreg.filters.poisson import solve_poisson
from vpreg.images.grid import Triple
from vpreg.images.pyramid import downsample
from vpreg.solvers.level import Level, per_axis
from vpreg.solvers.objective import VolumeTarget

LARGEST_STRETCH = 0.4
"""The steepest change a correcting step may make, per voxel: below 1 it stays invertible."""


class VolumeKeeper:
    """Corrects steps so that the tissue of a volume target keeps its volume.

    Composing the field with a small step v multiplies det J by 1 + div v. The step that is added
    is the gradient of a potential whose Laplacian takes away the excess of det J · r inside the
    mask, the projection onto volume-preserving motion (Helmholtz; Mansi et al. 2011 for demons).
    Outside the mask it has no divergence: tissue there is moved, not squeezed.
    """

    def __init__(self, target: VolumeTarget, level: Level) -> None:
        self.level = level
        self.scale_mm = target.scale_mm
        self.lesion_tolerance = target.lesion_tolerance
        tissue = [target.kept, target.organ, *target.lesions]
        self.tissue = torch.stack([_shrink(x, level) for x in tissue])
        self.volumes = self.tissue.sum((1, 2, 3))

    def correct(self, u: torch.Tensor, step: torch.Tensor) -> torch.Tensor:
        """Return the step with what it must add to keep the volume."""
        return step + self._correction(u, step)

    def settle(self, u: torch.Tensor, *, rounds: int) -> torch.Tensor:
        """Return the field after correcting what is left of the excess."""
        for _ in range(rounds):
            step = self._correction(u, None)
            u = compose(step, u)
        return u

    def settle_lesions(self, u: torch.Tensor, *, rounds: int) -> torch.Tensor:
        """Return the field with the volume of each known lesion exactly that of the organ."""
        for _ in range(rounds if len(self.tissue) > 2 else 0):
            warped = warp(self.tissue, u)
            ratio = _organ_ratio(warped, self.volumes)
            now = warped[2:].sum((1, 2, 3))
            missing = ratio * self.volumes[2:] / now.clamp(min=1e-3) - 1
            if float(missing.abs().amax()) < self.lesion_tolerance:
                break
            source = -(warped[2:] * missing.clamp(-0.3, 0.3).view(-1, 1, 1, 1)).sum(0)
            u = compose(flow_of_divergence(source, self.level.field_spacing_mm), u)
        return u

    def mask_now(self, u: torch.Tensor) -> torch.Tensor:
        """Return where the tissue that keeps its volume lies on the grid of the field."""
        return warp(self.tissue[:1], u)[0]

    def _correction(self, u: torch.Tensor, step: torch.Tensor | None) -> torch.Tensor:
        mask, organ = warp(self.tissue[:2], u)
        ratio = organ.sum() / self.volumes[1]
        excess = jacobian_determinant(u).clamp_(0.05, 8.0).mul_(ratio).sub_(1.0)
        if step is not None:
            excess.addcmul_(_divergence(step), excess + 1.0)
        return flow_of_divergence(-self._average(excess, mask), self.level.field_spacing_mm)

    def _average(self, excess: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Spread the excess over the scale on which volume is kept, inside the mask."""
        if self.scale_mm <= 0:
            return excess * mask
        sigma = self.level.field_voxels(self.scale_mm)
        share = gaussian_smooth(mask, sigma).clamp_(min=0.05)
        wanted = excess * mask
        mean = gaussian_smooth(wanted, sigma).div_(share).mul_(mask)
        # Smoothing loses some of the peaks; a second pass over what is left brings them back.
        return mean + gaussian_smooth(wanted - mean, sigma).div_(share).mul_(mask)


def flow_of_divergence(divergence: torch.Tensor, spacing_mm: Triple) -> torch.Tensor:
    """Return the step (3, K, J, I) in voxels with this divergence and no rotation.

    Composing a field with it multiplies the determinant by 1 plus the divergence. A step that would
    be too steep is shortened as a whole.
    """
    potential = solve_poisson(divergence, spacing_mm)
    per_mm = per_axis(spacing_mm, potential)
    flow = image_gradient(potential).div_(per_mm * per_mm)
    steepest = divergence.abs().amax()
    return flow.mul_((LARGEST_STRETCH / steepest.clamp(min=1e-9)).clamp(max=1.0))


def _organ_ratio(warped: torch.Tensor, volumes: torch.Tensor) -> torch.Tensor:
    return warped[1].sum() / volumes[1]


def _shrink(x: torch.Tensor, level: Level) -> torch.Tensor:
    small = downsample(x, level.factor)
    if tuple(small.shape) == level.field_shape:
        return small
    return torch.nn.functional.interpolate(
        small[None, None], size=list(level.field_shape), mode="trilinear", align_corners=False
    )[0, 0]


def _divergence(v: torch.Tensor) -> torch.Tensor:
    return difference_along(v[0], 0) + difference_along(v[1], 1) + difference_along(v[2], 2)
