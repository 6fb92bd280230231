"""Remember how a segmentation was displayed, also in a scene that is saved meanwhile."""

from __future__ import annotations

import json

AS_FOUND = "VolumePreservingReg.displayAsFound"


def note_as_found(segmentation, display):
    """Write into a display node how it displays now, unless that was written before."""
    if display.GetAttribute(AS_FOUND) is not None:
        return
    segments = segmentation.GetSegmentation().GetSegmentIDs()
    found = {
        "visible": bool(display.GetVisibility()),
        "fill": bool(display.GetVisibility2DFill()),
        "outline": bool(display.GetVisibility2DOutline()),
        "width": display.GetSliceIntersectionThickness(),
        "views": list(display.GetViewNodeIDs()),
        "segments": {segment: bool(display.GetSegmentVisibility(segment)) for segment in segments},
    }
    display.SetAttribute(AS_FOUND, json.dumps(found))


def display_as_found(display):
    """Display as it was noted; a display node without a note stays as it is."""
    note = display.GetAttribute(AS_FOUND)
    if note is None:
        return
    found = json.loads(note)
    modifying = display.StartModify()
    display.SetVisibility(found["visible"])
    display.SetVisibility2DFill(found["fill"])
    display.SetVisibility2DOutline(found["outline"])
    display.SetSliceIntersectionThickness(found["width"])
    for segment, visible in found["segments"].items():
        display.SetSegmentVisibility(segment, visible)
    restrict_to(display, found["views"])
    display.RemoveAttribute(AS_FOUND)
    display.EndModify(modifying)


def restrict_to(display, views):
    """Display a node in these views alone; in all if there are none."""
    display.RemoveAllViewNodeIDs()
    for identifier in views:
        display.AddViewNodeID(identifier)
