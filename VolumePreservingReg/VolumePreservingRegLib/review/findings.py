"""List what a reader of a result should look at, the most serious first."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import slicer

from VolumePreservingRegLib.review.change_findings import change_findings
from VolumePreservingRegLib.review.finding import Finding
from VolumePreservingRegLib.review.fold_findings import fold_findings
from VolumePreservingRegLib.review.scans import Scans
from VolumePreservingRegLib.review.structure_findings import structure_findings
from VolumePreservingRegLib.review.tumor_findings import STSR_LIMIT, tumor_findings
from VolumePreservingRegLib.scene.organ_size import ORGAN_FILE
from VolumePreservingRegLib.scene.read_files import read_volume
from VolumePreservingRegLib.scene.roles import FOLDER_ATTRIBUTE, LOG2, SCALE_ATTRIBUTE
from VolumePreservingRegLib.scene.segment_maps import segment_map

LEAST_TISSUE = 0.1


def find_findings(scans: Scans, *, stsr_limit: float = STSR_LIMIT) -> list[Finding]:
    """Look for folds, tumors whose size was not kept, and the strongest changes of size."""
    return ranked(field_findings(scans), tumor_findings(scans.nodes, limit=stsr_limit))


def ranked(of_field: list[Finding], of_tumors: list[Finding]) -> list[Finding]:
    """Put the most serious first; of equal ones tumors come after folds."""
    return sorted(of_field + of_tumors, key=lambda finding: -finding.severity)


def field_findings(scans: Scans) -> list[Finding]:
    """Look for folds, strong changes of size and guessed structures; seconds on large scans."""
    nodes = scans.nodes
    found = fold_findings(nodes.folds) if nodes.folds is not None else []
    if nodes.jacobian is not None:
        region = organ_or_body(scans)
        found += change_findings(nodes.jacobian, log2_of(nodes.jacobian), region=region)
    return found + structure_findings(nodes)


def log2_of(jacobian) -> np.ndarray:
    """Return the logarithm (base 2) of the determinant of a Jacobian volume."""
    values = slicer.util.arrayFromVolume(jacobian)
    if jacobian.GetAttribute(SCALE_ATTRIBUTE) == LOG2:
        return values
    return np.log2(np.maximum(values, 2.0**-6))


def organ_or_body(scans: Scans) -> np.ndarray:
    """Return where the organ is; all that is not dark in the aligned scan if it is not known."""
    if scans.organ is not None:
        chosen = [scans.organSegmentID] if scans.organSegmentID else None
        return segment_map(scans.organ, scans.nodes.jacobian, segment_ids=chosen).labels > 0
    image = slicer.util.arrayFromVolume(scans.nodes.alignedVolume)
    organ = organ_of_result(scans.nodes.alignedVolume)
    if organ is not None and organ.shape == image.shape:
        return organ
    dark, bright = np.percentile(image[::2, ::2, ::2], (1, 99))
    return image >= dark + LEAST_TISSUE * (bright - dark)


def organ_of_result(aligned) -> np.ndarray | None:
    """Return the organ that the engine wrote beside its result, if it is still there."""
    folder = aligned.GetAttribute(FOLDER_ATTRIBUTE)
    path = Path(folder) / ORGAN_FILE if folder else None
    if path is None or not path.is_file():
        return None
    return slicer.util.arrayFromVolume(read_volume(path)) > 0.5
