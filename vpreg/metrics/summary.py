"""Everything that can be measured of a registration from what is known of both scans."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

import torch

from vpreg.fields.warp import warp
from vpreg.images.interpolation import Interpolation
from vpreg.metrics.components import LesionIdentity, separate_lesions
from vpreg.metrics.field_figures import FieldFigures, field_figures
from vpreg.metrics.field_of_view import sees_moving
from vpreg.metrics.image_similarity import ImageSimilarity, image_similarity
from vpreg.metrics.json_figures import Json, to_json
from vpreg.metrics.label_agreement import LabelAgreement, label_agreement
from vpreg.metrics.lesion_pairing import pair_lesions
from vpreg.metrics.organ_change import OrganReference
from vpreg.metrics.scan import Scan
from vpreg.metrics.stsr import StsrReport, measure_stsr
from vpreg.metrics.stsr_summary import StsrSummary, summarise_stsr
from vpreg.metrics.tre import (
    LandmarkErrors,
    field_as_point_map,
    landmark_errors_mm,
    summarise_errors,
)
from vpreg.metrics.tvcf import VolumeChange, volume_change
from vpreg.metrics.volumes import label_volumes


@dataclass(frozen=True)
class TumorFigures:
    """What the warp did to the lesions, beside the organ with and without them (T28)."""

    stsr: StsrReport
    stsr_without_tumor: StsrReport
    hard: StsrSummary
    soft: StsrSummary
    jacobian: StsrSummary


@dataclass(frozen=True)
class Measurements:
    """All figures of one registration; None is what could not be measured from what was given."""

    field: FieldFigures
    similarity: ImageSimilarity | None
    labels: tuple[LabelAgreement, ...] | None
    mean_dice: float | None
    tumor: TumorFigures | None
    volume_changes: tuple[VolumeChange, ...] | None
    landmarks: LandmarkErrors | None

    def to_json_dict(self) -> dict[str, Json]:
        """Return the figures for JSON; see `to_json`."""
        return {field.name: to_json(getattr(self, field.name)) for field in fields(self)}


def measure(
    u: torch.Tensor,
    *,
    fixed: Scan,
    moving: Scan,
    lesions: LesionIdentity = LesionIdentity.COMPONENTS,
    nsd_tolerance_mm: float = 1.0,
) -> Measurements:
    """Measure a field (3, K, J, I) on the fixed grid, in moving voxels.

    Each figure needs the same thing of both scans (images, labels, landmarks, tumors); STSR needs
    tumor and organ of the moving scan, and the figures of the field are those inside that organ
    where it is known. Without a registration, `affine_to_field` of the identity gives the figures
    to compare with.
    """
    agreement = _agreement(u, fixed, moving, nsd_tolerance_mm)
    tumor = _tumor(u, fixed, moving, lesions)
    return Measurements(
        field=field_figures(
            u, fixed_grid=fixed.grid, moving_grid=moving.grid, mask=_warped_organ(u, moving)
        ),
        similarity=_similarity(u, fixed, moving),
        labels=agreement,
        mean_dice=None if agreement is None else _mean_dice(agreement),
        tumor=tumor,
        volume_changes=_changes(tumor, fixed, moving, lesions),
        landmarks=_landmarks(u, fixed, moving),
    )


def _warped_organ(u: torch.Tensor, moving: Scan) -> torch.Tensor | None:
    if moving.organ is None:
        return None
    return warp((moving.organ.voxels != 0).to(u.dtype), u) > 0.5


def _similarity(u: torch.Tensor, fixed: Scan, moving: Scan) -> ImageSimilarity | None:
    if fixed.image is None or moving.image is None:
        return None
    return image_similarity(
        fixed.image.voxels.to(u.dtype),
        warp(moving.image.voxels, u),
        in_view=sees_moving(u, moving.grid.shape),
    )


def _agreement(
    u: torch.Tensor, fixed: Scan, moving: Scan, nsd_tolerance_mm: float
) -> tuple[LabelAgreement, ...] | None:
    if fixed.labels is None or moving.labels is None:
        return None
    return label_agreement(
        fixed.labels.voxels,
        warp(moving.labels.voxels, u, interpolation=Interpolation.LABELS),
        spacing_mm=fixed.grid.spacing_mm,
        nsd_tolerance_mm=nsd_tolerance_mm,
    )


def _mean_dice(agreement: tuple[LabelAgreement, ...]) -> float:
    known = [row.dice for row in agreement if not math.isnan(row.dice)]
    return sum(known) / len(known) if known else math.nan


def _tumor(
    u: torch.Tensor, fixed: Scan, moving: Scan, identity: LesionIdentity
) -> TumorFigures | None:
    if moving.tumor is None or moving.organ is None:
        return None
    lesions = separate_lesions(moving.tumor.voxels, identity)
    report, without = (
        measure_stsr(
            lesions,
            moving.organ.voxels,
            u,
            fixed_grid=fixed.grid,
            moving_grid=moving.grid,
            reference=reference,
        )
        for reference in (OrganReference.WITH_TUMOR, OrganReference.WITHOUT_TUMOR)
    )
    return TumorFigures(
        stsr=report,
        stsr_without_tumor=without,
        hard=summarise_stsr([lesion.stsr_hard for lesion in report.lesions]),
        soft=summarise_stsr([lesion.stsr_soft for lesion in report.lesions]),
        jacobian=summarise_stsr([lesion.stsr_jacobian for lesion in report.lesions]),
    )


def _changes(
    tumor: TumorFigures | None, fixed: Scan, moving: Scan, identity: LesionIdentity
) -> tuple[VolumeChange, ...] | None:
    if tumor is None or fixed.tumor is None or moving.tumor is None:
        return None
    found = {lesion.label: lesion for lesion in tumor.stsr.lesions}
    pairs = pair_lesions(
        label_volumes(separate_lesions(moving.tumor.voxels, identity), moving.grid),
        label_volumes(separate_lesions(fixed.tumor.voxels, identity), fixed.grid),
        identity,
    )
    return tuple(
        volume_change(
            before,
            after,
            warped_mm3=found[before.label].volume_warped_mm3,
            in_view_fraction=found[before.label].in_view_fraction,
        )
        for before, after in pairs
    )


def _landmarks(u: torch.Tensor, fixed: Scan, moving: Scan) -> LandmarkErrors | None:
    if fixed.landmarks_lps_mm is None or moving.landmarks_lps_mm is None:
        return None
    fixed_to_moving = field_as_point_map(u, fixed_grid=fixed.grid, moving_grid=moving.grid)
    errors = landmark_errors_mm(fixed.landmarks_lps_mm, moving.landmarks_lps_mm, fixed_to_moving)
    return summarise_errors(errors)
