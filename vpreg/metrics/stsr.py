"""Size-of-tumor-to-size-of-organ ratio (STSR), one figure a lesion (methods §2.9).

It says whether the warp kept the size of a lesion, not whether the lesion grew (T6).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

import torch

from vpreg.fields.warp import warp
from vpreg.images.grid import Grid
from vpreg.metrics.lesion_change import lesion_changes
from vpreg.metrics.organ_change import OrganRatios, OrganReference, organ_ratios
from vpreg.metrics.region_change import RegionChange, divide
from vpreg.metrics.region_measurement import Mapping

HARD_GATE_VOXELS = 100


class LesionState(Enum):
    """Whether a lesion could be measured, was warped away, or lies outside the fixed image."""

    MEASURED = "measured"
    VANISHED = "vanished"
    OUT_OF_VIEW = "out of view"


@dataclass(frozen=True)
class LesionStsr:
    """One lesion: 1 is a size in proportion to the organ, inf is a lesion warped away.

    STSR is NaN where the lesion is out of view. `stsr_hard` is the paper's way of counting, with
    `hard_is_reliable` false below 100 voxels; `stsr_soft` is the figure to go by. `volume_ratio`
    and `organ_ratio` are warped / moving by soft sums.
    """

    label: int
    state: LesionState
    voxels_moving: int
    volume_moving_mm3: float
    volume_warped_mm3: float
    in_view_fraction: float
    volume_ratio: float
    organ_ratio: float
    stsr_hard: float
    stsr_soft: float
    stsr_jacobian: float
    hard_is_reliable: bool
    folded_fraction: float


@dataclass(frozen=True)
class StsrReport:
    """All lesions of a pair, and the organ they are compared with."""

    lesions: tuple[LesionStsr, ...]
    reference: OrganReference
    organ_ratio_hard: float
    organ_ratio_soft: float
    organ_ratio_jacobian: float
    organ_in_view_fraction: float
    tumor_fraction_of_organ: float


def stsr(tumor_ratio: float, organ_ratio: float) -> float:
    """Return max(t/o, o/t)^2; inf if a ratio is 0 or infinite, NaN if one is unknown."""
    if math.isnan(tumor_ratio) or math.isnan(organ_ratio):
        return math.nan
    if min(tumor_ratio, organ_ratio) <= 0 or math.isinf(tumor_ratio) or math.isinf(organ_ratio):
        return math.inf
    return math.exp(2 * abs(math.log(tumor_ratio) - math.log(organ_ratio)))


def measure_stsr(
    lesions: torch.Tensor,
    organ: torch.Tensor,
    u: torch.Tensor,
    *,
    fixed_grid: Grid,
    moving_grid: Grid,
    reference: OrganReference = OrganReference.WITH_TUMOR,
) -> StsrReport:
    """Measure every label of `lesions` against `organ`, both moving (K, J, I).

    `lesions` is an integer map with a label a lesion (see `separate_lesions`); `organ` counts
    where it is not 0, and lesions belong to it (T28). `u` (3, K, J, I) is on the fixed grid and in
    moving voxels. Raises ValueError for maps off the moving grid.
    """
    _check(lesions, organ, moving_grid)
    mapping = Mapping.of(u, fixed_grid=fixed_grid, moving_grid=moving_grid)
    tumor, organ = lesions != 0, organ != 0
    warped_both, warped_tumor = warp(torch.stack([organ | tumor, tumor]).to(u.dtype), u)
    ratios = organ_ratios(
        organ,
        tumor,
        mapping,
        warped_both=warped_both,
        warped_tumor=warped_tumor,
        reference=reference,
    )
    changes = lesion_changes(lesions, mapping, reached=warped_tumor > 0)
    return StsrReport(
        lesions=tuple(lesion_stsr(label, change, ratios) for label, change in changes.items()),
        reference=reference,
        organ_ratio_hard=ratios.hard,
        organ_ratio_soft=ratios.soft,
        organ_ratio_jacobian=ratios.jacobian,
        organ_in_view_fraction=ratios.in_view_fraction,
        tumor_fraction_of_organ=divide(int(tumor.sum()), int((organ | tumor).sum())),
    )


def lesion_stsr(label: int, change: RegionChange, organ: OrganRatios) -> LesionStsr:
    """Set the change of one lesion against that of the organ, like against like."""
    return LesionStsr(
        label=label,
        state=_state(change),
        voxels_moving=change.voxels_moving,
        volume_moving_mm3=change.volume_moving_mm3,
        volume_warped_mm3=change.volume_soft_mm3,
        in_view_fraction=change.in_view_fraction,
        volume_ratio=change.ratio_soft,
        organ_ratio=organ.soft,
        stsr_hard=stsr(change.ratio_hard, organ.hard),
        stsr_soft=stsr(change.ratio_soft, organ.soft),
        stsr_jacobian=stsr(change.ratio_jacobian, organ.jacobian),
        hard_is_reliable=change.voxels_in_view >= HARD_GATE_VOXELS,
        folded_fraction=change.folded_fraction,
    )


def _state(change: RegionChange) -> LesionState:
    if change.in_view_fraction <= 0:
        return LesionState.OUT_OF_VIEW
    return LesionState.MEASURED if change.volume_soft_mm3 > 0 else LesionState.VANISHED


def _check(lesions: torch.Tensor, organ: torch.Tensor, moving_grid: Grid) -> None:
    for name, voxels in (("tumor labels", lesions), ("organ mask", organ)):
        if tuple(voxels.shape) != moving_grid.shape:
            found = tuple(voxels.shape)
            msg = f"Give the {name} on the moving grid: {found} is not {moving_grid.shape}."
            raise ValueError(msg)
