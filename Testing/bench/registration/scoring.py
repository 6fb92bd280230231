"""What a field is worth."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch

from registration.case import Case
from registration.outside import local_ncc_outside
from vpreg.fields.affine import follow_by_affine
from vpreg.fields.folds import count_folds
from vpreg.fields.warp import warp
from vpreg.images.image import Image
from vpreg.images.interpolation import Interpolation
from vpreg.metrics.dice import dice_per_label
from vpreg.metrics.label_counts import label_counts
from vpreg.metrics.stsr import LesionStsr, measure_stsr
from vpreg.metrics.tvcf import tvcf


@dataclass(frozen=True)
class Scores:
    """NaN is what a case has no truth for."""

    folds: int
    dice: float = math.nan
    stsr: float = math.nan
    tvcf: float = math.nan
    local_ncc_ratio: float = math.nan


def score(
    u: torch.Tensor, case: Case, affine_lps: np.ndarray, *, stage_1: torch.Tensor | None = None
) -> Scores:
    """Score a field in fixed voxels, which the affine follows, beside the field of stage 1."""
    whole = follow_by_affine(u, affine_lps, case.fixed.grid, case.moving.grid)
    tumor = _tumor(whole, case)
    ratio = math.nan
    if stage_1 is not None and case.fixed_tumor is not None:
        first = follow_by_affine(stage_1, affine_lps, case.fixed.grid, case.moving.grid)
        own, base = local_ncc_outside(case, whole, first)
        ratio = own / base
    return Scores(
        folds=count_folds(u),
        dice=_dice(whole, case.fixed_labels, case.moving_labels),
        stsr=tumor.stsr_soft if tumor else math.nan,
        tvcf=_tvcf(tumor, case) if tumor else math.nan,
        local_ncc_ratio=ratio,
    )


def _dice(whole: torch.Tensor, fixed: Image | None, moving: Image | None) -> float:
    """Return the mean over the labels that the fixed scan has."""
    if fixed is None or moving is None:
        return math.nan
    warped = warp(moving.voxels, whole, interpolation=Interpolation.NEAREST)
    found = dice_per_label(fixed.voxels, warped, labels=label_counts(fixed.voxels))
    return sum(found.values()) / len(found)


def _tumor(whole: torch.Tensor, case: Case) -> LesionStsr | None:
    """Measure the tumor of the moving scan as one lesion."""
    if case.moving_tumor is None or case.organ is None:
        return None
    report = measure_stsr(
        (case.moving_tumor.voxels > 0).int(),
        case.organ.voxels,
        whole,
        fixed_grid=case.fixed.grid,
        moving_grid=case.moving.grid,
    )
    return report.lesions[0]


def _tvcf(tumor: LesionStsr, case: Case) -> float:
    """Compare the change that is left to be seen with the true one: 1 where growth survives."""
    if case.fixed_tumor is None or tumor.volume_warped_mm3 <= 0:
        return math.inf
    fixed_mm3 = int((case.fixed_tumor.voxels > 0).sum()) * case.fixed.grid.voxel_volume_mm3
    moving_mm3 = tumor.volume_moving_mm3 * tumor.in_view_fraction
    return tvcf(fixed_mm3 / tumor.volume_warped_mm3, fixed_mm3 / moving_mm3)
