"""Tumor volume change fidelity (TVCF): what becomes of true growth in a warp (methods §2.11).

STSR cannot see growth (T6); this can, given the tumor outlined in both scans.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from vpreg.metrics.region_change import divide
from vpreg.metrics.volumes import LabelVolume

MINIMUM_VOXELS = 100
LARGEST_CHANGE = 10.0
LARGEST_SHIFT_MM = 20.0


class Comparability(Enum):
    """Whether two outlines are taken for the same lesion, or why they are not."""

    COMPARABLE = "comparable"
    TOO_SMALL = "too small"
    CHANGED_TOO_MUCH = "changed too much"
    TOO_FAR_APART = "too far apart"


@dataclass(frozen=True)
class VolumeChange:
    """One lesion in the moving scan, in the fixed scan and after the warp.

    `vcr` is the volume change ratio, new / old: the true one is fixed / moving. `tvcf` is the
    replication's: 1 where the warp carries out the whole true change (warped = fixed), so a
    warp that preserves a lesion which truly doubled has 4 by design. `log_vcr_error` is
    ln(warped / fixed), below 0 where the warped lesion is the smaller one. `vcr_visible` is
    fixed / warped, the change that a reader sees when both are laid over each other, and
    `visible_fidelity` compares it with the true one: 1 where growth survives registration.
    """

    moving_label: int
    fixed_label: int
    comparability: Comparability
    volume_moving_mm3: float
    volume_fixed_mm3: float
    volume_warped_mm3: float
    vcr_true: float
    vcr_warped: float
    vcr_visible: float
    tvcf: float
    log_vcr_error: float
    visible_fidelity: float


def tvcf(vcr_predicted: float, vcr_true: float) -> float:
    """Return max(p/t, t/p)^2; inf if one is 0 or infinite, NaN if one is unknown."""
    if math.isnan(vcr_predicted) or math.isnan(vcr_true):
        return math.nan
    if min(vcr_predicted, vcr_true) <= 0 or math.isinf(max(vcr_predicted, vcr_true)):
        return math.inf
    return max(vcr_predicted / vcr_true, vcr_true / vcr_predicted) ** 2


def volume_change(
    moving: LabelVolume, fixed: LabelVolume, *, warped_mm3: float, in_view_fraction: float = 1.0
) -> VolumeChange:
    """Compare one lesion in both scans with its warp; only the part in view counts (T25)."""
    moving_mm3 = moving.volume_mm3 * in_view_fraction
    vcr_true = divide(fixed.volume_mm3, moving_mm3)
    vcr_warped = divide(warped_mm3, moving_mm3)
    vcr_visible = fixed.volume_mm3 / warped_mm3 if warped_mm3 > 0 else math.inf
    return VolumeChange(
        moving_label=moving.label,
        fixed_label=fixed.label,
        comparability=comparability(moving, fixed),
        volume_moving_mm3=moving_mm3,
        volume_fixed_mm3=fixed.volume_mm3,
        volume_warped_mm3=warped_mm3,
        vcr_true=vcr_true,
        vcr_warped=vcr_warped,
        vcr_visible=vcr_visible,
        tvcf=tvcf(vcr_warped, vcr_true),
        log_vcr_error=math.log(warped_mm3 / fixed.volume_mm3) if warped_mm3 > 0 else -math.inf,
        visible_fidelity=tvcf(vcr_visible, vcr_true),
    )


def comparability(moving: LabelVolume, fixed: LabelVolume) -> Comparability:
    """Tell lesions that appeared, were resected or are others from lesions that changed.

    Judged on the outlines alone: a gate that looked at the warp would pick its own cases.
    """
    if min(moving.voxels, fixed.voxels) < MINIMUM_VOXELS:
        return Comparability.TOO_SMALL
    ratio = fixed.volume_mm3 / moving.volume_mm3
    if not 1 / LARGEST_CHANGE <= ratio <= LARGEST_CHANGE:
        return Comparability.CHANGED_TOO_MUCH
    if math.dist(moving.centroid_lps, fixed.centroid_lps) > LARGEST_SHIFT_MM:
        return Comparability.TOO_FAR_APART
    return Comparability.COMPARABLE
