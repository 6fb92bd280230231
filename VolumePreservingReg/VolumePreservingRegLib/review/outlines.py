"""Draw the outlines of segmentations, each in the views where it belongs."""

from __future__ import annotations

from typing import Any

import slicer

from VolumePreservingRegLib.review.display_as_found import (
    display_as_found,
    note_as_found,
    restrict_to,
)

LINE_WIDTH = 2
THIN_LINE_WIDTH = 1
ADDED = "VolumePreservingReg.outlines"


class Outlines:
    """Outlines of segmentations, each in views of its own."""

    def __init__(self):
        self._segmentations: list[Any] = []

    def show(self, segmentation, views, *, segments=None, width=LINE_WIDTH):
        """Draw the outlines of a segmentation, or of some segments, in some views alone.

        Other segments can be drawn in other views by a further call.
        """
        display = segmentation.GetDisplayNode()
        if display is None:
            return
        if segmentation in self._segmentations:
            display = further_display(segmentation, like=display)
        else:
            self._segmentations.append(segmentation)
            leave_as_found(segmentation)
            note_as_found(segmentation, display)
        draw_outlines(segmentation, display, segments, width)
        display.SetVisibility(bool(views))
        restrict_to(display, [view.mrmlSliceNode().GetID() for view in views])

    def clear(self):
        """Display all as found; a second call does nothing."""
        for segmentation in self._segmentations:
            if segmentation.GetScene() is not None:
                leave_as_found(segmentation)
        self._segmentations.clear()


def draw_outlines(segmentation, display, segments, width):
    """Draw lines instead of areas, of some segments or of all that were visible."""
    display.SetVisibility2DFill(False)
    display.SetVisibility2DOutline(True)
    display.SetSliceIntersectionThickness(width)
    if segments is not None:
        for segment in segmentation.GetSegmentation().GetSegmentIDs():
            display.SetSegmentVisibility(segment, segment in segments)


def further_display(segmentation, *, like):
    """Let a segmentation be displayed in one more way, by a display node kept from before if any.

    Such a node stays for as long as its segmentation: Slicer's views go on using what they know of
    a display node after it was removed (vtkMRMLSegmentationsDisplayableManager2D), and crash.
    """
    kept = [one for one in added_displays(segmentation) if not one.GetVisibility()]
    display = kept[0] if kept else slicer.vtkMRMLSegmentationDisplayNode()
    display.CopyContent(like)
    display.SetVisibility(False)
    display.SetAttribute(ADDED, "1")
    if not kept:
        segmentation.GetScene().AddNode(display)
        segmentation.AddAndObserveDisplayNodeID(display.GetID())
    return display


def leave_as_found(segmentation):
    """Display a segmentation as before its outlines, be it in a scene saved with them."""
    added = added_displays(segmentation)
    for display in displays(segmentation):
        if display in added:
            display.SetVisibility(False)
        else:
            display_as_found(display)


def displays(segmentation) -> list:
    """Return all display nodes of a segmentation."""
    count = segmentation.GetNumberOfDisplayNodes()
    found = [segmentation.GetNthDisplayNode(index) for index in range(count)]
    return [display for display in found if display is not None]


def added_displays(segmentation) -> list:
    """Return the display nodes that draw nothing but outlines."""
    return [one for one in displays(segmentation) if one.GetAttribute(ADDED) is not None]
