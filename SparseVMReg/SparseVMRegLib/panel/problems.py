"""What is missing before a button can be pressed."""

from __future__ import annotations

from typing import Any

from slicer.i18n import tr as _
from VolumePreservingRegLib.panel.levels import read_iterations
from VolumePreservingRegLib.panel.problems import (
    LEAST_VOXELS,
    image_problem,
    scan_problem,
    segmentation_problem,
)

from SparseVMRegLib.panel.choices import Acquired

LEAST_SLICES = 3
_SEGMENTATIONS = ("atlasSegmentation", "scanSegmentation", "excluded")


def find_problem(parameters: Any) -> str | None:
    """Return a plain sentence that says what to do before Apply, or None if all is there."""
    checks = (_pair_problem, slices_problem, _segmentations_problem, _numbers_problem)
    return next((problem for check in checks if (problem := check(parameters))), None)


def slices_problem(parameters: Any) -> str | None:
    """Return what is missing to look for the slices."""
    if parameters.scan is None:
        return _("Select the clinical scan.")
    if parameters.acquired is Acquired.MASK:
        mask = parameters.acquiredMask
        if mask is None:
            return _("Select the mask of what was measured, or another way to know it.")
        if mask is parameters.scan:
            return _("Select a mask, and not the scan itself.")
        return image_problem(mask) or _scan_problem(parameters.scan)
    return _scan_problem(parameters.scan)


def _pair_problem(parameters: Any) -> str | None:
    atlas, scan = parameters.atlas, parameters.scan
    if atlas is None and scan is None:
        return _("Select the atlas and the clinical scan.")
    if atlas is None:
        return _("Select the atlas.")
    if atlas is scan:
        return _("Select two different scans: atlas and clinical scan are the same.")
    return scan_problem(atlas)


def _scan_problem(scan: Any) -> str | None:
    problem = image_problem(scan)
    if problem:
        return problem
    edges = sorted(scan.GetImageData().GetDimensions())
    if edges[0] < LEAST_SLICES or edges[1] < LEAST_VOXELS:
        return _(
            "Select a larger scan: {name} has {size} voxels, and {slices} slices of {least} x"
            " {least} are the least."
        ).format(
            name=scan.GetName(),
            size=" x ".join(str(n) for n in scan.GetImageData().GetDimensions()),
            slices=LEAST_SLICES,
            least=LEAST_VOXELS,
        )
    return None


def _segmentations_problem(parameters: Any) -> str | None:
    for field in _SEGMENTATIONS:
        node = getattr(parameters, field)
        problem = None if node is None else segmentation_problem(node, "")
        if problem:
            return problem
    if parameters.scanSegmentation is not None and parameters.atlasSegmentation is None:
        return _("Select the segmentation of the atlas, too: with it that of the scan is compared.")
    return None


def _numbers_problem(parameters: Any) -> str | None:
    try:
        read_iterations(parameters.iterations)
    except ValueError as error:
        return str(error)
    return None
