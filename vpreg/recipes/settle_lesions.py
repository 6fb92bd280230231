"""Give each known lesion the size it is measured to have, on its own voxels."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import torch

from vpreg.fields.affine import follow_by_affine
from vpreg.fields.compose import compose
from vpreg.fields.taper import taper_border
from vpreg.fields.warp import warp
from vpreg.images.cropping import Box, bounding_box
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.metrics.components import LesionIdentity, separate_lesions
from vpreg.metrics.organ_change import OrganReference, organ_ratios
from vpreg.metrics.region_measurement import Mapping
from vpreg.recipes.prepare import Prepared
from vpreg.solvers.fold_repair import repair_folds
from vpreg.solvers.level import plan_level
from vpreg.solvers.volume_step import flow_of_divergence

ROUNDS = 12
MOST_MISSING = 0.3
CLOSE_ENOUGH = 5e-4
FADING_MM = 8.0
MARGIN_MM = 8.0
"""How far a lesion may spread while it is settled."""

LEAST_VOXELS = 12
"""A speck of fewer voxels has no size to speak of."""

LEAST_IN_VIEW = 0.9
"""A lesion of which less is in view has no size to be given back."""


@dataclass(frozen=True)
class Known:
    """The lesions of the moving scan on its own grid, and the organ around them."""

    labels: torch.Tensor
    organ: torch.Tensor
    affine_lps: np.ndarray
    grid: Grid

    @property
    def worth_settling(self) -> list[int]:
        """The labels of lesions that are more than a speck."""
        sizes = torch.bincount(self.labels.flatten())
        return [n for n in range(1, len(sizes)) if int(sizes[n]) >= LEAST_VOXELS]


def known_lesions(tumor: Image, organ: Image, affine_lps: np.ndarray) -> Known:
    """Tell the lesions of a tumor mask apart."""
    labels = separate_lesions(tumor.voxels, LesionIdentity.COMPONENTS).long()
    return Known(labels, organ.voxels > 0.5, affine_lps, tumor.grid)


def settle_lesions(u: torch.Tensor, prepared: Prepared, known: Known) -> torch.Tensor:
    """Return the field with the volume of each lesion that of the organ, as it will be measured.

    The solver works with lesions that were resampled by the affine. Between slices that are thick
    this costs them a percent or two, which is given back here.
    """
    level = plan_level(prepared.grid, 1, 1.0)
    measure = _Measure.of(u, prepared, known)
    if not measure.boxes:
        return u
    settled = u
    for _ in range(ROUNDS):
        source, missing = measure.source(settled)
        if missing < CLOSE_ENOUGH:
            break
        flow = flow_of_divergence(source, level.field_spacing_mm)
        settled = compose(taper_border(flow, level.field_voxels(FADING_MM)), settled)
    # Composition rounds, and the outermost voxels are held at exactly zero.
    return repair_folds(taper_border(settled, 1.0))


@dataclass(frozen=True)
class _Measure:
    """Sizes of lesions under a field, each looked at in a box of its own."""

    prepared: Prepared
    known: Known
    boxes: dict[int, Box]

    @classmethod
    def of(cls, u: torch.Tensor, prepared: Prepared, known: Known) -> _Measure:
        known = replace(known, labels=known.labels.to(u.device), organ=known.organ.to(u.device))
        whole = follow_by_affine(u, known.affine_lps, prepared.grid, known.grid)
        reached = {n: warp((known.labels == n).to(u), whole) > 0 for n in known.worth_settling}
        boxes = {
            n: bounding_box(Image(seen, prepared.grid), margin_mm=MARGIN_MM)
            for n, seen in reached.items()
            if bool(seen.any())
        }
        return cls(prepared, known, boxes)

    def source(self, u: torch.Tensor) -> tuple[torch.Tensor, float]:
        """Return the divergence that gives back what is missing, and the largest share of it."""
        whole = follow_by_affine(u, self.known.affine_lps, self.prepared.grid, self.known.grid)
        mapping = Mapping.of(whole, fixed_grid=self.prepared.grid, moving_grid=self.known.grid)
        ratio = self._organ_ratio(mapping)
        source, most = torch.zeros_like(u[0]), 0.0
        for label, box in self.boxes.items():
            lesion = (self.known.labels == label).to(u)
            origin = u.new_tensor([s.start for s in box.slices]).view(3, 1, 1, 1)
            weights = warp(lesion, whole[(slice(None), *box.slices)] + origin)
            missing = self._missing(lesion, weights, mapping.determinant[box.slices], ratio)
            source[box.slices] -= weights * max(-MOST_MISSING, min(MOST_MISSING, missing))
            most = max(most, abs(missing))
        return source, most

    def _organ_ratio(self, mapping: Mapping) -> float:
        tumor = self.known.labels > 0
        both = torch.stack([self.known.organ | tumor, tumor]).to(mapping.u)
        warped_both, warped_tumor = warp(both, mapping.u)
        return organ_ratios(
            self.known.organ,
            tumor,
            mapping,
            warped_both=warped_both,
            warped_tumor=warped_tumor,
            reference=OrganReference.WITH_TUMOR,
        ).soft

    def _missing(
        self,
        lesion: torch.Tensor,
        weights: torch.Tensor,
        determinant: torch.Tensor,
        organ_ratio: float,
    ) -> float:
        """Return the share of its size that a lesion lacks; 0 where too little of it is in view."""
        voxel = self.known.grid.voxel_volume_mm3 / self.prepared.grid.voxel_volume_mm3
        size = float(lesion.sum()) * voxel
        in_view = float((weights * determinant).sum()) / size
        if in_view < LEAST_IN_VIEW:
            return 0.0
        return organ_ratio * size / max(float(weights.sum()), 1e-3) - 1.0
