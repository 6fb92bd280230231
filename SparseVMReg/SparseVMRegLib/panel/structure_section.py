"""Structures: what was carried over and how much of it was measured, and what was segmented."""

from __future__ import annotations

import math
from typing import Any

from VolumePreservingRegLib.panel.tumor_section import fill

from SparseVMRegLib.scene.structure_table import CARRIED, OWN

FIRST_COLUMN = "Structure"


class StructureSection:
    """Shows the table node of a result in two tables, so that nobody mistakes the two."""

    def __init__(self, ui: Any) -> None:
        """Show that nothing was carried over."""
        self._ui = ui
        self.show(None)

    def show(self, table: Any | None) -> None:
        """Show the table node of a result; None shows what to do instead."""
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


def has_numbers(table: Any, name: str) -> bool:
    """Tell whether anything of a column is known."""
    column = table.GetTable().GetColumnByName(name)
    values = (column.GetValue(row) for row in range(column.GetNumberOfTuples()))
    return any(not math.isnan(value) for value in values)
