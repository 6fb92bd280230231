"""A map of how alike two images are around every voxel."""

from __future__ import annotations

import torch

from vpreg.similarity.window_moments import window_moments

NOISE_VARIANCE = 1e-5
"""Added to the variances of images in [0, 1], so that noise on flat ground is not called alike."""


def local_ncc_squared_map(
    first: torch.Tensor, second: torch.Tensor, *, radius_voxels: tuple[int, int, int]
) -> torch.Tensor:
    """Return the squared correlation, 0 to 1, in the window around each voxel (K, J, I)."""
    found = window_moments(
        first, second, radius_voxels=radius_voxels, inside=torch.ones_like(first)
    )
    power = (found.first_variance + NOISE_VARIANCE) * (found.second_variance + NOISE_VARIANCE)
    return found.covariance.square().div_(power)
