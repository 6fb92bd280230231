"""Layouts of our own: two and three views side by side, and two rows of three."""

from __future__ import annotations

from enum import Enum
from xml.sax.saxutils import quoteattr

from VolumePreservingRegLib.review.protocols import LayoutManager

EQUAL_SHARE = 500  # as in Slicer's own layouts
VIEW_GROUP = 51  # Linked views follow each other within a group only.
COLORS = ("#4F81BD", "#C58B3C", "#7F9F4F")


class Layout(Enum):
    """A layout by its number in Slicer; those of extensions begin above 100."""

    TWO_VIEWS = 5101
    THREE_VIEWS = 5102
    TWO_ROWS = 5103


VIEWS = {
    Layout.TWO_VIEWS: ("VPRLeft", "VPRRight"),
    Layout.THREE_VIEWS: ("VPRLeft", "VPRMiddle", "VPRRight"),
    Layout.TWO_ROWS: (
        "VPRTopAxial",
        "VPRTopCoronal",
        "VPRTopSagittal",
        "VPRBottomAxial",
        "VPRBottomCoronal",
        "VPRBottomSagittal",
    ),
}


def slice_view(tag: str, *, orientation: str, color: str) -> str:
    """Describe one slice view."""
    properties = {
        "orientation": orientation,
        "viewlabel": tag.removeprefix("VPR"),
        "viewcolor": color,
        "viewgroup": str(VIEW_GROUP),
    }
    inside = "".join(
        f'<property name="{name}" action="default">{value}</property>'
        for name, value in properties.items()
    )
    return f'<view class="vtkMRMLSliceNode" singletontag={quoteattr(tag)}>{inside}</view>'


def split_item(item: str) -> str:
    """Give an item as much room as those beside it; else tables and plots take it all."""
    return f'<item splitSize="{EQUAL_SHARE}">{item}</item>'


def beside(items: list[str]) -> str:
    """Put items side by side."""
    inside = "".join(split_item(item) for item in items)
    return f'<layout type="horizontal" split="true">{inside}</layout>'


def above(items: list[str]) -> str:
    """Put items one above the other."""
    inside = "".join(split_item(item) for item in items)
    return f'<layout type="vertical" split="true">{inside}</layout>'


def description(layout: Layout) -> str:
    """Return the XML of a layout."""
    if layout is Layout.TWO_ROWS:
        planes = ("Axial", "Coronal", "Sagittal")
        return above([beside(row_of_views(row, planes)) for row in ("Top", "Bottom")])
    views = zip(VIEWS[layout], COLORS, strict=False)
    return beside([slice_view(tag, orientation="Axial", color=color) for tag, color in views])


def row_of_views(row: str, planes: tuple[str, ...]) -> list[str]:
    """Describe a view for each plane."""
    color = COLORS[0] if row == "Top" else COLORS[1]
    return [slice_view(f"VPR{row}{plane}", orientation=plane, color=color) for plane in planes]


def register_layouts(layoutManager: LayoutManager):
    """Make our layouts known; call it at start, so that saved scenes find them."""
    node = layoutManager.layoutLogic().GetLayoutNode()
    modifying = node.StartModify()  # each change lets Slicer place all views anew
    for layout in Layout:
        if not node.IsLayoutDescription(layout.value):
            node.AddLayoutDescription(layout.value, description(layout))
    node.EndModify(modifying)


class LayoutVisit:
    """Show one of our layouts, and the user's own again afterwards."""

    def __init__(self, layoutManager: LayoutManager):
        self._manager = layoutManager
        self._former: int | None = None

    def enter(self, layout: Layout):
        """Show a layout; the user's is kept in mind from the first of ours on."""
        register_layouts(self._manager)
        if not is_ours(self._manager.layout):
            self._former = self._manager.layout
        self._manager.setLayout(layout.value)

    def leave(self):
        """Show the user's layout again, unless the user has chosen another since."""
        former, self._former = self._former, None
        if former is not None and is_ours(self._manager.layout):
            self._manager.setLayout(former)


def is_ours(number: int) -> bool:
    """Say whether a layout is one of ours."""
    return number in {layout.value for layout in Layout}
