"""How much the volume change varies: the standard deviation of ln det J."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class SdLogJ:
    """The standard deviation over `voxels` voxels; `excluded` folded ones have no logarithm."""

    value: float
    voxels: int
    excluded: int


def sdlogj(
    determinant: torch.Tensor,
    *,
    mask: torch.Tensor | None = None,
    folds: torch.Tensor | None = None,
) -> SdLogJ:
    """Measure a determinant (K, J, I) inside a mask.

    Voxels with a determinant of zero or below, and those that `folds` (see `fold_mask`) marks, are
    left out and counted. NaN if none is left. Not comparable with Learn2Reg's figure of this name,
    see `learn2reg_sdlogj` (T31).
    """
    inside = torch.ones_like(determinant, dtype=torch.bool) if mask is None else mask != 0
    folded = determinant <= 0
    if folds is not None:
        folded = folded | folds
    values = determinant[inside & ~folded]
    excluded = int((inside & folded).sum())
    spread = float(values.log().std(correction=0)) if values.numel() else math.nan
    return SdLogJ(spread, values.numel(), excluded)
