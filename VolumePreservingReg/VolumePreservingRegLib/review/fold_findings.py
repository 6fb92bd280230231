"""List the places where an alignment folds tissue, the largest first."""

from __future__ import annotations

import numpy as np
import slicer
from slicer.i18n import tr as _

from VolumePreservingRegLib.review.finding import Finding, FindingKind, Severity
from VolumePreservingRegLib.review.places import middle_voxel, place_of, size_text, voxel_ml

MOST_LISTED = 10


def fold_findings(folds, *, most: int = MOST_LISTED) -> list[Finding]:
    """Return a finding a connected fold; beyond `most` one more that counts the rest."""
    regions, sizes = connected_regions(slicer.util.arrayFromVolume(folds) > 0)
    order = np.argsort(-sizes, kind="stable")
    listed = [fold_finding(folds, regions == label + 1, sizes[label]) for label in order[:most]]
    rest = order[most:]
    if len(rest):
        listed.append(rest_finding(folds, regions == rest[0] + 1, sizes[rest]))
    return listed


def connected_regions(mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Number the regions of a mask that touch, corners included, and count their voxels."""
    from scipy import ndimage

    regions, count = ndimage.label(mask, structure=np.ones((3, 3, 3)))
    return regions, np.bincount(regions.ravel(), minlength=count + 1)[1:]


def fold_finding(folds, region: np.ndarray, voxels: int) -> Finding:
    """Describe one fold."""
    text = _("Tissue folds over itself here ({size} ml): do not trust the alignment at this place")
    size = size_text(voxels * voxel_ml(folds))
    place = place_of(folds, middle_voxel(region))
    return Finding(FindingKind.FOLD, text.format(size=size), place, Severity.PROBLEM)


def rest_finding(folds, largest: np.ndarray, voxels: np.ndarray) -> Finding:
    """Count the folds that are not listed; the place is that of the largest of them."""
    text = _("{count} smaller folds are not listed ({size} ml together); this is the largest")
    size = size_text(voxels.sum() * voxel_ml(folds))
    place = place_of(folds, middle_voxel(largest))
    words = text.format(count=len(voxels), size=size)
    return Finding(FindingKind.FOLD, words, place, Severity.PROBLEM)
