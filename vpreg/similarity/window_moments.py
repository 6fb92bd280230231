"""Variances and covariance of two images in the window around every voxel."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.filters.box import box_sum


@dataclass(frozen=True)
class WindowMoments:
    """Maps (K, J, I); the variances are at least 0."""

    covariance: torch.Tensor
    first_variance: torch.Tensor
    second_variance: torch.Tensor


def window_moments(
    first: torch.Tensor,
    second: torch.Tensor,
    *,
    radius_voxels: int | tuple[int, int, int],
    inside: torch.Tensor,
) -> WindowMoments:
    """Measure two images (K, J, I) by what a mask `inside`, 0 or 1, lets into the windows (T19).

    The images are centred first, which changes nothing but keeps the digits of window sums.
    """
    count = box_sum(inside, radius_voxels).clamp_(min=1)
    first, second = centred(first, inside), centred(second, inside)
    mean_first, mean_second = (box_sum(x, radius_voxels).div_(count) for x in (first, second))

    def moment(product: torch.Tensor, of_means: torch.Tensor) -> torch.Tensor:
        return box_sum(product, radius_voxels).div_(count).sub_(of_means)

    return WindowMoments(
        covariance=moment(first * second, mean_first * mean_second),
        first_variance=moment(first * first, mean_first.square()).clamp_(min=0),
        second_variance=moment(second * second, mean_second.square()).clamp_(min=0),
    )


def centred(voxels: torch.Tensor, inside: torch.Tensor) -> torch.Tensor:
    """Take off the mean inside a mask; 0 outside."""
    return (voxels - (voxels * inside).sum() / inside.sum().clamp(min=1)) * inside
