"""Mutual information of two images, as a figure to report."""

from __future__ import annotations

import math

import torch

from vpreg.metrics.dice import check_same_shape


def mutual_information_nats(
    fixed: torch.Tensor,
    warped: torch.Tensor,
    *,
    mask: torch.Tensor | None = None,
    bins: int = 64,
) -> float:
    """Return the mutual information, in nats, of a joint histogram of bins x bins cells.

    The bins span the range of each image inside the mask. NaN if the mask is empty.
    """
    check_same_shape(fixed, warped)
    first, second = masked(fixed, mask), masked(warped, mask)
    if first.numel() == 0:
        return math.nan
    cell = _bin(first, bins) * bins + _bin(second, bins)
    counts = cell.bincount(minlength=bins * bins).view(bins, bins)
    # On the CPU, since not every device has float64.
    joint = counts.cpu().double() / first.numel()
    apart = joint.sum(1, keepdim=True) * joint.sum(0, keepdim=True)
    seen = joint > 0
    return float((joint[seen] * (joint[seen] / apart[seen]).log()).sum())


def masked(voxels: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
    """Return the voxels inside a mask, in a row."""
    return voxels.flatten() if mask is None else voxels[mask != 0]


def _bin(values: torch.Tensor, bins: int) -> torch.Tensor:
    low, high = values.min(), values.max()
    if not bool(high > low):
        return torch.zeros_like(values, dtype=torch.long)
    return ((values - low) / (high - low) * bins).long().clamp(0, bins - 1)
