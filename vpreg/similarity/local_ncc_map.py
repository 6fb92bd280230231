"""A map of how alike two images are around every voxel."""

from __future__ import annotations

import torch

from vpreg.filters.box import box_count, box_sum

NOISE_VARIANCE = 1e-5
"""Added to the variances of images in [0, 1], so that noise on flat ground is not called alike."""


def local_ncc_squared_map(
    first: torch.Tensor, second: torch.Tensor, *, radius_voxels: tuple[int, int, int]
) -> torch.Tensor:
    """Return the squared correlation, 0 to 1, in the window around each voxel (K, J, I)."""
    count = box_count(first.shape, radius_voxels, dtype=first.dtype, device=first.device)
    first, second = first - first.mean(), second - second.mean()
    mean_first, mean_second = (box_sum(x, radius_voxels).div_(count) for x in (first, second))
    covariance = box_sum(first * second, radius_voxels).div_(count).sub_(mean_first * mean_second)
    variance_first = box_sum(first * first, radius_voxels).div_(count).sub_(mean_first.square())
    variance_second = box_sum(second * second, radius_voxels).div_(count).sub_(mean_second.square())
    power = (variance_first.clamp_(min=0) + NOISE_VARIANCE) * (
        variance_second.clamp_(min=0) + NOISE_VARIANCE
    )
    return covariance.square().div_(power)
