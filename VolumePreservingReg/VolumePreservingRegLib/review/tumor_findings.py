"""List the tumors whose size an alignment did not keep."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import slicer
from slicer.i18n import tr as _

from VolumePreservingRegLib.review.aligned_segments import (
    SIMILARITY_ONLY,
    VOLUME_PRESERVING,
    segments_of,
)
from VolumePreservingRegLib.review.finding import Finding, FindingKind, Severity
from VolumePreservingRegLib.review.places import middle_voxel, place_of
from VolumePreservingRegLib.scene.segment_maps import segment_map

STSR_LIMIT = 1.05
STSR_COLUMNS = {VOLUME_PRESERVING: "VolumePreservingStsr", SIMILARITY_ONLY: "SimilarityOnlyStsr"}


class Lesion(NamedTuple):
    """A lesion, the STSR of the alignment shown, and the alignment by its role."""

    name: str
    stsr: float
    role: str


def tumor_findings(nodes, *, limit: float = STSR_LIMIT) -> list[Finding]:
    """Return a finding for each lesion whose STSR exceeds the limit, the worst first."""
    if nodes.tumorTable is None:
        return []
    worst_first = sorted(lesions_of(nodes.tumorTable), key=lambda lesion: -lesion.stsr)
    return [
        tumor_finding(lesion, place)
        for lesion in worst_first
        if lesion.stsr > limit and (place := place_of_lesion(lesion, nodes)) is not None
    ]


def lesions_of(table) -> list[Lesion]:
    """Read the lesions that the final alignment was measured on from the table of tumors."""
    rows = table.GetTable()
    # A result of a similarity-only run has no other column filled.
    for role, column in STSR_COLUMNS.items():
        found = [
            Lesion(rows.GetValueByName(row, "Lesion").ToString(), stsr, role)
            for row in range(rows.GetNumberOfRows())
            if not math.isnan(stsr := number_at(rows, row, column))
        ]
        if found:
            return found
    return []


def number_at(rows, row: int, column: str) -> float:
    """Return a number of a table; NaN where there is none."""
    if rows.GetColumnByName(column) is None:
        return math.nan
    return rows.GetValueByName(row, column).ToDouble()


def tumor_finding(lesion: Lesion, place) -> Finding:
    """Describe a lesion whose size was not kept."""
    text = _("{name}: the alignment changes its size (STSR {stsr}, 1 would keep it)")
    words = text.format(name=lesion.name, stsr=f"{lesion.stsr:.2f}")
    return Finding(FindingKind.TUMOR_SIZE, words, place, Severity.PROBLEM)


def place_of_lesion(lesion: Lesion, nodes):
    """Return the middle of a lesion where the alignment puts it; else that of all tumor."""
    volume = nodes.alignedVolume
    mask = segment_mask(nodes.alignedTumor, lesion, volume) if nodes.alignedTumor else None
    if mask is None and nodes.softMask is not None:
        volume = nodes.softMask
        mask = slicer.util.arrayFromVolume(volume) > 0.5
    return place_of(volume, middle_voxel(mask)) if mask is not None and mask.any() else None


def segment_mask(segmentation_node, lesion: Lesion, volume) -> np.ndarray | None:
    """Return the voxels of the segment that is a lesion after its alignment, or None."""
    segmentation = segmentation_node.GetSegmentation()
    for identifier in segments_of(segmentation_node, lesion.role):
        if segmentation.GetSegment(identifier).GetName().startswith(f"{lesion.name},"):
            return mask_of(segmentation_node, identifier, volume)
    return None


def mask_of(segmentation_node, identifier: str, volume) -> np.ndarray | None:
    """Return the voxels of a segment; None where nothing of it lies on the volume.

    Not by slicer.util, which leaves a display node in the scene at each call.
    """
    try:
        return segment_map(segmentation_node, volume, segment_ids=[identifier]).labels > 0
    except ValueError:
        return None
