"""What a warp makes of the organ around the lesions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

import torch

from vpreg.metrics.field_of_view import labels_at_edge_of_view
from vpreg.metrics.region_change import RegionChange
from vpreg.metrics.region_measurement import Mapping, measure_region


class OrganReference(Enum):
    """What the size of a lesion is compared with.

    WITH_TUMOR is the paper's: the tumor is part of the organ. WITHOUT_TUMOR is for tumors above
    30 % of the organ, which drag its size along (T28). MEDIAN_DETERMINANT takes one over the median
    determinant in the organ, for an organ mask that is not to be trusted (T27).
    """

    WITH_TUMOR = "with tumor"
    WITHOUT_TUMOR = "without tumor"
    MEDIAN_DETERMINANT = "median determinant"


@dataclass(frozen=True)
class OrganRatios:
    """Organ volume, warped / moving, in each of the three ways that lesions are measured."""

    hard: float
    soft: float
    jacobian: float
    in_view_fraction: float


def organ_ratios(
    organ: torch.Tensor,
    tumor: torch.Tensor,
    mapping: Mapping,
    *,
    warped_both: torch.Tensor,
    warped_tumor: torch.Tensor,
    reference: OrganReference,
) -> OrganRatios:
    """Measure the organ; `organ` and `tumor` are bool and moving, the linear warps fixed.

    `warped_both` is the warp of organ and tumor together: the difference of both warps is that of
    the organ without the tumor, since the warp is linear in the voxels.
    """
    region, weights = organ | tumor, warped_both
    if reference is OrganReference.WITHOUT_TUMOR:
        region, weights = organ & ~tumor, warped_both - warped_tumor
    change = _organ_change(region, weights, mapping)
    if reference is OrganReference.MEDIAN_DETERMINANT:
        ratio = _one_over_median(mapping.determinant[weights > 0.5])
        return OrganRatios(ratio, ratio, ratio, change.in_view_fraction)
    return OrganRatios(
        change.ratio_hard, change.ratio_soft, change.ratio_jacobian, change.in_view_fraction
    )


def _organ_change(region: torch.Tensor, weights: torch.Tensor, mapping: Mapping) -> RegionChange:
    cut = bool(labels_at_edge_of_view(region, mapping.u)) or float(weights.sum()) <= 0
    return measure_region(
        weights,
        mapping.determinant,
        voxels_moving=int(region.sum()),
        in_view_fraction=None if cut else 1.0,
        mapping=mapping,
    )


def _one_over_median(determinant: torch.Tensor) -> float:
    if determinant.numel() == 0:
        return math.nan
    median = float(determinant.median())
    return 1 / median if median > 0 else math.nan
