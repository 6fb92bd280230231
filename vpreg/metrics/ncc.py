"""Correlation of two images, of the whole and of windows, as figures to report."""

from __future__ import annotations

import math

import torch

from vpreg.metrics.dice import check_same_shape
from vpreg.metrics.mutual_information import masked
from vpreg.similarity.window_moments import centred, window_moments

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
    found = window_moments(fixed, warped, radius_voxels=radius_voxels, inside=inside)
    textured = (inside > 0) & (found.first_variance > _FLAT * _power(fixed, inside))
    textured &= found.second_variance > _FLAT * _power(warped, inside)
    if not bool(textured.any()):
        return math.nan
    squared = found.covariance.square() / (found.first_variance * found.second_variance)
    return float(squared[textured].clamp(max=1).mean())


def _power(voxels: torch.Tensor, inside: torch.Tensor) -> torch.Tensor:
    return centred(voxels, inside).square().sum() / inside.sum().clamp(min=1)
