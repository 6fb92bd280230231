"""Structures: what was carried over and how much of it was measured, and what was segmented."""

from __future__ import annotations

import math
from typing import Any

from VolumePreservingRegLib.panel.tumor_section import fill
from VolumePreservingRegLib.review.jump import jump_to
from VolumePreservingRegLib.review.structure_findings import place_of_structure

from SparseVMRegLib.scene.structure_table import CARRIED, OWN

FIRST_COLUMN = "Structure"
MOST_NAME_WIDTH = 110


class StructureSection:
    """Shows the table node of a result in two tables, so that nobody mistakes the two.

    A click on a structure brings the views to it.
    """

    def __init__(self, ui: Any) -> None:
        """Show that nothing was carried over."""
        self._ui = ui
        self._nodes: Any = None
        for widget in (ui.carriedTable, ui.ownTable):
            widget.connect("cellClicked(int,int)", self._onClicked)
        self.show(None)

    def show(self, nodes: Any | None) -> None:
        """Show the structures of a result; None, or none of them, shows what to do instead."""
        self._nodes = nodes
        table = nodes.structureTable if nodes is not None else None
        there = table is not None and table.GetNumberOfRows() > 0
        self._ui.structuresHintLabel.setVisible(not there)
        for label, widget, names in (
            (self._ui.carriedLabel, self._ui.carriedTable, CARRIED),
            (self._ui.ownLabel, self._ui.ownTable, OWN),
        ):
            label.setVisible(there)
            widget.setVisible(there)
            if there:
                known = [name for name in names if has_numbers(table, name)]
                fill(widget, table, [FIRST_COLUMN, *known])
                make_room_for_numbers(widget)

    def _onClicked(self, row: int, _column: int) -> None:
        nodes = self._nodes
        if nodes is None or nodes.structureTable is None or nodes.carriedSegmentation is None:
            return
        segment = nodes.structureTable.GetTable().GetValueByName(row, "SegmentID").ToString()
        place = place_of_structure(segment, nodes)
        if place is not None:
            jump_to(place)


def has_numbers(table: Any, name: str) -> bool:
    """Tell whether anything of a column is known."""
    column = table.GetTable().GetColumnByName(name)
    values = (column.GetValue(row) for row in range(column.GetNumberOfTuples()))
    return any(not math.isnan(value) for value in values)


def make_room_for_numbers(widget: Any) -> None:
    """Cut long names short in the narrow panel; the whole name is in the tooltip."""
    for row in range(widget.rowCount):
        name = widget.item(row, 0)
        name.setToolTip(name.text())
    if widget.columnWidth(0) > MOST_NAME_WIDTH:
        widget.setColumnWidth(0, MOST_NAME_WIDTH)
