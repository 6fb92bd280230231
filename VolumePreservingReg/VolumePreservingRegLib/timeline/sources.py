"""The segmentations as drawn: kept out of the views in which aligned lesions are outlined."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import slicer

from VolumePreservingRegLib.review.display_as_found import (
    display_as_found,
    note_as_found,
    restrict_to,
)


def keep_out(segmentations: Sequence[Any], views: Sequence[Any]) -> None:
    """Display segmentations in all views but these: there they lie where they were drawn."""
    ours = {view.mrmlSliceNode().GetID() for view in views}
    nodes = slicer.util.getNodesByClass("vtkMRMLAbstractViewNode")
    others = sorted({node.GetID() for node in nodes} - ours)
    for segmentation in segmentations:
        for display in _displays(segmentation):
            note_as_found(segmentation, display)
            restrict_to(display, others)


def let_in(segmentations: Sequence[Any]) -> None:
    """Display segmentations as they were found."""
    for segmentation in segmentations:
        for display in _displays(segmentation):
            display_as_found(display)


def _displays(segmentation: Any) -> list[Any]:
    if segmentation is None or segmentation.GetScene() is None:
        return []
    count = segmentation.GetNumberOfDisplayNodes()
    found = [segmentation.GetNthDisplayNode(n) for n in range(count)]
    return [display for display in found if display is not None]
