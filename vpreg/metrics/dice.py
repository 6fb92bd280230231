"""Overlap of label maps."""

from __future__ import annotations

import math
from collections.abc import Iterable

import torch

from vpreg.metrics.label_counts import label_counts


def dice(fixed: torch.Tensor, warped: torch.Tensor) -> float:
    """Return 2 |A and B| / (|A| + |B|) of two masks; NaN if both are empty."""
    check_same_shape(fixed, warped)
    first, second = fixed != 0, warped != 0
    return _dice(int((first & second).sum()), int(first.sum()) + int(second.sum()))


def dice_per_label(
    fixed: torch.Tensor, warped: torch.Tensor, *, labels: Iterable[int] | None = None
) -> dict[int, float]:
    """Return the Dice of every label of two integer maps, or of those asked for.

    0 where one map lacks the label, NaN where both do.
    """
    check_same_shape(fixed, warped)
    first, second = label_counts(fixed), label_counts(warped)
    both = label_counts(fixed[fixed == warped])
    chosen = sorted(first.keys() | second.keys()) if labels is None else labels
    return {
        label: _dice(both.get(label, 0), first.get(label, 0) + second.get(label, 0))
        for label in chosen
    }


def check_same_shape(fixed: torch.Tensor, warped: torch.Tensor) -> None:
    """Raise ValueError unless both lie on one grid."""
    if fixed.shape != warped.shape:
        shapes = f"{tuple(fixed.shape)} and {tuple(warped.shape)}"
        msg = f"Bring both images to the same grid first: their shapes are {shapes}."
        raise ValueError(msg)


def _dice(shared: int, total: int) -> float:
    return 2 * shared / total if total else math.nan
