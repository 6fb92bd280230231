"""How well label maps agree, one row a label."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.images.grid import Triple
from vpreg.metrics.dice import dice_per_label
from vpreg.metrics.hausdorff import hausdorff_mm
from vpreg.metrics.mean_surface_distance import mean_surface_distance_mm
from vpreg.metrics.nsd import normalised_surface_dice
from vpreg.metrics.surface_distances import surface_distances_per_label


@dataclass(frozen=True)
class LabelAgreement:
    """One label: distances are infinite, and overlaps 0, if one map lacks it."""

    label: int
    dice: float
    hd95_mm: float
    mean_surface_distance_mm: float
    nsd: float


def label_agreement(
    fixed: torch.Tensor, warped: torch.Tensor, *, spacing_mm: Triple, nsd_tolerance_mm: float
) -> tuple[LabelAgreement, ...]:
    """Compare two integer maps on one grid, for every label that one of them has."""
    overlaps = dice_per_label(fixed, warped)
    distances = surface_distances_per_label(fixed, warped, spacing_mm=spacing_mm, labels=overlaps)
    return tuple(
        LabelAgreement(
            label=label,
            dice=overlaps[label],
            hd95_mm=hausdorff_mm(between),
            mean_surface_distance_mm=mean_surface_distance_mm(between),
            nsd=normalised_surface_dice(between, tolerance_mm=nsd_tolerance_mm),
        )
        for label, between in distances.items()
    )
