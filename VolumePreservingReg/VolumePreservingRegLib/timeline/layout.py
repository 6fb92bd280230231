"""Layouts for any number of time points: linked slices above, plot and table below."""

from __future__ import annotations

from typing import Any

from VolumePreservingRegLib.review.layouts import above, beside, slice_view

FIRST_LAYOUT = 5110
MOST = 12
IN_A_ROW = 4
PLOT, TABLE = "VPRTimePlot", "VPRTimeTable"
COLOR = "#4F81BD"


def layout_number(count: int) -> int:
    """Return the number of the layout for so many time points, 12 at most."""
    return FIRST_LAYOUT + min(count, MOST)


def is_ours(number: int) -> bool:
    """Say whether a layout is one of these."""
    return FIRST_LAYOUT < number <= FIRST_LAYOUT + MOST


def view_names(count: int) -> list[str]:
    """Name the slice views, the earliest first."""
    return [f"VPRTime{n}" for n in range(1, min(count, MOST) + 1)]


def description(count: int) -> str:
    """Return the XML of the layout for so many time points."""
    views = [slice_view(name, orientation="Axial", color=COLOR) for name in view_names(count)]
    rows = -(-len(views) // IN_A_ROW)
    width = -(-len(views) // rows)
    slices = [beside(views[start : start + width]) for start in range(0, len(views), width)]
    numbers = [
        other_view("vtkMRMLPlotViewNode", PLOT, label="P"),
        other_view("vtkMRMLTableViewNode", TABLE, label="T"),
    ]
    return above([*slices, beside(numbers)])


def other_view(class_name: str, tag: str, *, label: str) -> str:
    """Describe a view of a plot or a table."""
    shown = f'<property name="viewlabel" action="default">{label}</property>'
    return f'<view class="{class_name}" singletontag="{tag}">{shown}</view>'


def register_layouts(layoutManager: Any) -> None:
    """Make the layouts known; call it at start, so that saved scenes find them."""
    node = layoutManager.layoutLogic().GetLayoutNode()
    modifying = node.StartModify()  # each change lets Slicer place all views anew
    for count in range(1, MOST + 1):
        if not node.IsLayoutDescription(layout_number(count)):
            node.AddLayoutDescription(layout_number(count), description(count))
    node.EndModify(modifying)
