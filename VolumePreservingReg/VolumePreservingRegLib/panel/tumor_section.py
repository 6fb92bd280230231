"""Tumor: what was measured on the segmentations, and what the alignment did, apart."""

from __future__ import annotations

import math
import textwrap
from typing import Any

import qt

from VolumePreservingRegLib.scene.table_columns import GROUP_PROPERTY
from VolumePreservingRegLib.scene.tumor_table import columns

FIRST_COLUMN = "Lesion"
UNKNOWN = "-"
LETTERS_A_LINE = 10
FURTHER_LINE = 0.7
"""Height of a further line of a header, of that of a row."""


class TumorSection:
    """Shows the table node of a result in two tables, so that nobody mistakes the two."""

    def __init__(self, ui: Any) -> None:
        """Show that nothing was measured."""
        self._ui = ui
        self.show(None)

    def show(self, table: Any | None) -> None:
        """Show the table node of a result; None or no lesion shows what to do instead."""
        measured, alignment = headings()
        there = table is not None and table.GetNumberOfRows() > 0
        self._ui.tumorHintLabel.setVisible(not there)
        for label, widget, heading in (
            (self._ui.measuredLabel, self._ui.measuredTable, measured),
            (self._ui.alignmentLabel, self._ui.alignmentTable, alignment),
        ):
            label.setVisible(there)
            widget.setVisible(there)
            if there:
                fill(widget, table, names_below(table, heading))


def headings() -> tuple[str, str]:
    """Return the headings of the columns in their order."""
    found = dict.fromkeys(column.heading for column in columns() if column.heading)
    measured, alignment = found
    return measured, alignment


def names_below(table: Any, heading: str) -> list[str]:
    """Return the columns under a heading, that of the lesions first."""
    names = [table.GetColumnName(index) for index in range(table.GetNumberOfColumns())]
    below = [name for name in names if table.GetColumnProperty(name, GROUP_PROPERTY) == heading]
    return [FIRST_COLUMN, *below]


def fill(widget: Any, table: Any, names: list[str]) -> None:
    """Fill a table widget with some columns of a table node."""
    widget.clear()
    widget.setColumnCount(len(names))
    widget.setRowCount(table.GetNumberOfRows())
    widget.setHorizontalHeaderLabels([title(table, name) for name in names])
    for column, name in enumerate(names):
        widget.horizontalHeaderItem(column).setToolTip(table.GetColumnDescription(name) or "")
        for row in range(table.GetNumberOfRows()):
            widget.setItem(row, column, cell(table, name, row))
    widget.verticalHeader().setVisible(False)
    widget.resizeColumnsToContents()
    fit_height(widget)


def fit_height(widget: Any, *, rows_at_most: int = 6) -> None:
    """Make a table as high as its rows, so that it has no scroll bar in the panel's own."""
    widget.resizeRowsToContents()
    rows = min(widget.rowCount, rows_at_most)
    titles = [widget.horizontalHeaderItem(index).text() for index in range(widget.columnCount)]
    further = max((text.count("\n") for text in titles), default=0)
    header = widget.verticalHeader().defaultSectionSize * (1 + FURTHER_LINE * further)
    inside = header + sum(widget.rowHeight(row) for row in range(rows))
    widget.setFixedHeight(round(inside) + 2 * widget.frameWidth)


def title(table: Any, name: str) -> str:
    """Return the title of a column without its heading, with its unit."""
    long = table.GetColumnTitle(name) or name
    heading = table.GetColumnProperty(name, GROUP_PROPERTY) or ""
    unit = table.GetColumnUnitLabel(name)
    short = long.removeprefix(f"{heading}: ")
    whole = f"{short} ({unit})" if unit else short
    # The panel is narrow, and a header does not wrap by itself.
    return "\n".join(textwrap.wrap(whole, LETTERS_A_LINE))


def cell(table: Any, name: str, row: int) -> Any:
    """Return the item of one value: numbers to the right, a dash for what is unknown."""
    value = table.GetTable().GetColumnByName(name).GetVariantValue(row)
    if value.IsString():
        return qt.QTableWidgetItem(value.ToString())
    number = value.ToDouble()
    item = qt.QTableWidgetItem(UNKNOWN if math.isnan(number) else f"{number:g}")
    item.setTextAlignment(qt.Qt.AlignRight | qt.Qt.AlignVCenter)
    return item
