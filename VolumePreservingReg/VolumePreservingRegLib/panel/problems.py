"""What is missing before Apply can be pressed."""

from __future__ import annotations

from typing import Any

from slicer.i18n import tr as _

from VolumePreservingRegLib.panel.levels import read_iterations

LEAST_VOXELS = 8
_ITERATIONS = ("similarityIterations", "volumeIterations", "penaltyIterations")
_SEGMENTATIONS = ("baselineTumor", "followUpTumor", "baselineOrgan", "followUpOrgan")


def find_problem(parameters: Any) -> str | None:
    """Return a plain sentence that says what to do, or None if all is there."""
    checks = (_scans_problem, _segmentations_problem, _numbers_problem)
    return next((problem for check in checks if (problem := check(parameters))), None)


def _scans_problem(parameters: Any) -> str | None:
    baseline, follow_up = parameters.baseline, parameters.followUp
    if baseline is None and follow_up is None:
        return _("Select the baseline and the follow-up scan.")
    if baseline is None:
        return _("Select the baseline scan.")
    if follow_up is None:
        return _("Select the follow-up scan.")
    if baseline is follow_up:
        return _("Select two different scans: baseline and follow-up are the same.")
    return scan_problem(baseline) or scan_problem(follow_up)


def scan_problem(scan: Any) -> str | None:
    """Say what is wrong with a scan, or None."""
    problem = image_problem(scan)
    if problem:
        return problem
    name, image = scan.GetName(), scan.GetImageData()
    if min(image.GetDimensions()) < LEAST_VOXELS:
        size = " x ".join(str(n) for n in image.GetDimensions())
        return _(
            "Select a larger scan: {name} has {size} voxels, and {least} along each edge are the"
            " least."
        ).format(name=name, size=size, least=LEAST_VOXELS)
    return None


def image_problem(volume: Any) -> str | None:
    """Say what is wrong with a volume of any size, or None."""
    image = volume.GetImageData()
    if image is None or image.GetNumberOfPoints() == 0:
        return _("Select another scan: {name} holds no image.").format(name=volume.GetName())
    return _transform_problem(volume)


def _transform_problem(node: Any) -> str | None:
    transform = node.GetParentTransformNode()
    if transform is not None and not transform.IsTransformToWorldLinear():
        return _(
            "Take {name} out of its transform, or harden it, in the module Transforms: it is bent."
        ).format(name=node.GetName())
    return None


def _segmentations_problem(parameters: Any) -> str | None:
    for field in _SEGMENTATIONS:
        node = getattr(parameters, field)
        if node is not None:
            problem = segmentation_problem(node, getattr(parameters, f"{field}SegmentID"))
            if problem:
                return problem
    return None


def segmentation_problem(node: Any, segment: str) -> str | None:
    """Say what is wrong with a segmentation or the segment chosen in it, or None."""
    segmentation = node.GetSegmentation()
    name = node.GetName()
    if segmentation is None or segmentation.GetNumberOfSegments() == 0:
        return _("Draw a segment, or select no segmentation: {name} is empty.").format(name=name)
    if segment and segmentation.GetSegment(segment) is None:
        return _("Select a segment again: {name} has lost the one selected.").format(name=name)
    return _transform_problem(node)


def _numbers_problem(parameters: Any) -> str | None:
    for field in _ITERATIONS:
        try:
            read_iterations(getattr(parameters, field))
        except ValueError as error:
            return str(error)
    return None
