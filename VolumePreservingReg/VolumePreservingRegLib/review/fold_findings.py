"""List the places where an alignment folds tissue, the largest first."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import slicer
from slicer.i18n import tr as _

from VolumePreservingRegLib.review.finding import Finding, FindingKind, Severity
from VolumePreservingRegLib.review.places import middle_voxel, place_of, size_text, voxel_ml

MOST_LISTED = 10


def fold_findings(folds, *, most: int = MOST_LISTED) -> list[Finding]:
    """Return a finding a connected fold; beyond `most` one more that counts the rest."""
    mask = slicer.util.arrayFromVolume(folds) > 0
    if not mask.any():
        return []
    regions = connected_regions(mask)
    listed = [fold_finding(folds, region) for region in regions[:most]]
    return listed + ([rest_finding(folds, regions[most:])] if regions[most:] else [])


class Region(NamedTuple):
    """A connected piece of a mask: how many voxels, and the one in its middle (k, j, i)."""

    voxels: int
    middle: tuple[int, int, int]


def connected_regions(mask: np.ndarray) -> list[Region]:
    """List the pieces of a mask that touch, corners included, the largest first."""
    from scipy import ndimage

    labels, _count = ndimage.label(mask, structure=np.ones((3, 3, 3)))
    sizes = np.bincount(labels[mask])[1:]
    boxes = ndimage.find_objects(labels)
    order = np.argsort(-sizes, kind="stable")
    return [
        Region(int(sizes[n]), middle_voxel(labels[boxes[n]] == n + 1, box=boxes[n])) for n in order
    ]


def fold_finding(folds, region: Region) -> Finding:
    """Describe one fold."""
    text = _("Tissue folds over itself here ({size} ml): do not trust the alignment at this place")
    words = text.format(size=size_text(region.voxels * voxel_ml(folds)))
    return Finding(FindingKind.FOLD, words, place_of(folds, region.middle), Severity.PROBLEM)


def rest_finding(folds, rest: list[Region]) -> Finding:
    """Count the folds that are not listed; the place is that of the largest of them."""
    text = _("{count} smaller folds are not listed ({size} ml together); this is the largest")
    size = size_text(sum(region.voxels for region in rest) * voxel_ml(folds))
    words = text.format(count=len(rest), size=size)
    return Finding(FindingKind.FOLD, words, place_of(folds, rest[0].middle), Severity.PROBLEM)
