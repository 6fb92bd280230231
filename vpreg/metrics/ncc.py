"""Correlation of two images, of the whole and of windows, as figures to report."""

from __future__ import annotations

import math

import torch

from vpreg.filters.box import box_sum
from vpreg.metrics.dice import check_same_shape
from vpreg.metrics.mutual_information import masked

_FLAT = 1e-4


def global_ncc(
    fixed: torch.Tensor, warped: torch.Tensor, *, mask: torch.Tensor | None = None
) -> float:
    """Return Pearson's correlation inside a mask, from -1 to 1; NaN if an image is constant."""
    check_same_shape(fixed, warped)
    first, second = masked(fixed, mask), masked(warped, mask)
    if first.numel() == 0:
        return math.nan
    first, second = first - first.mean(), second - second.mean()
    norm = float((first * first).sum().sqrt() * (second * second).sum().sqrt())
    return float((first * second).sum()) / norm if norm > 0 else math.nan


def mean_local_ncc_squared(
    fixed: torch.Tensor,
    warped: torch.Tensor,
    *,
    radius_voxels: int = 4,
    mask: torch.Tensor | None = None,
) -> float:
    """Return the mean squared correlation in windows of 2 r + 1 voxels, from 0 to 1.

    Only voxels of the mask enter the windows (T19). Windows in which an image is flat are left
    out: their standard deviation is below one hundredth of that of the image. NaN if none is left.
    """
    check_same_shape(fixed, warped)
    inside = torch.ones_like(fixed) if mask is None else (mask != 0).to(fixed.dtype)
    count = box_sum(inside, radius_voxels).clamp(min=1)
    first, second = _centred(fixed, inside), _centred(warped, inside)
    mean_first, mean_second = (box_sum(x, radius_voxels) / count for x in (first, second))
    variance_first = box_sum(first * first, radius_voxels) / count - mean_first.square()
    variance_second = box_sum(second * second, radius_voxels) / count - mean_second.square()
    covariance = box_sum(first * second, radius_voxels) / count - mean_first * mean_second
    textured = (inside > 0) & (variance_first > _FLAT * _power(first, inside))
    textured &= variance_second > _FLAT * _power(second, inside)
    if not bool(textured.any()):
        return math.nan
    squared = covariance.square() / (variance_first * variance_second)
    return float(squared[textured].clamp(max=1).mean())


def _centred(voxels: torch.Tensor, inside: torch.Tensor) -> torch.Tensor:
    """Take off the mean inside the mask, so that window sums lose no digits; 0 outside."""
    mean = (voxels * inside).sum() / inside.sum().clamp(min=1)
    return (voxels - mean) * inside


def _power(centred: torch.Tensor, inside: torch.Tensor) -> torch.Tensor:
    return centred.square().sum() / inside.sum().clamp(min=1)
