"""Draw the outlines of segmented tumors in the views where they belong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

LINE_WIDTH = 2


@dataclass(frozen=True)
class DisplayAsFound:
    """How a segmentation was displayed before the review."""

    display: Any
    visible: bool
    fill: bool
    outline: bool
    width: int
    views: tuple[str, ...]

    def restore(self):
        """Display it so again."""
        self.display.SetVisibility(self.visible)
        self.display.SetVisibility2DFill(self.fill)
        self.display.SetVisibility2DOutline(self.outline)
        self.display.SetSliceIntersectionThickness(self.width)
        restrict_to(self.display, self.views)


def as_found(display) -> DisplayAsFound:
    """Note how a segmentation is displayed."""
    return DisplayAsFound(
        display,
        bool(display.GetVisibility()),
        bool(display.GetVisibility2DFill()),
        bool(display.GetVisibility2DOutline()),
        display.GetSliceIntersectionThickness(),
        tuple(display.GetViewNodeIDs()),
    )


def restrict_to(display, views):
    """Display a node in these views alone; in all if there are none."""
    display.RemoveAllViewNodeIDs()
    for identifier in views:
        display.AddViewNodeID(identifier)


class Outlines:
    """Outlines of segmentations, each in views of its own."""

    def __init__(self):
        self._found: dict[str, DisplayAsFound] = {}

    def show(self, segmentation, views):
        """Draw the outline of a segmentation in some views and nowhere else."""
        display = segmentation.GetDisplayNode()
        if display is None:
            return
        self._found.setdefault(display.GetID(), as_found(display))
        modifying = display.StartModify()
        display.SetVisibility(bool(views))
        display.SetVisibility2DFill(False)
        display.SetVisibility2DOutline(True)
        display.SetSliceIntersectionThickness(LINE_WIDTH)
        restrict_to(display, [view.mrmlSliceNode().GetID() for view in views])
        display.EndModify(modifying)

    def clear(self):
        """Display all as found; a second call does nothing."""
        for found in self._found.values():
            if found.display.GetScene() is not None:
                found.restore()
        self._found.clear()
