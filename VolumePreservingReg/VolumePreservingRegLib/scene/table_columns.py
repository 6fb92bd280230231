"""Columns of a table node: what they are called, in what unit, and what a tooltip says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import vtk

GROUP_PROPERTY = "VolumePreservingReg.heading"


@dataclass(frozen=True)
class Column:
    """A column: `name` for programs, `title` for people, below `heading` where there is one."""

    name: str
    title: str
    tooltip: str = ""
    unit: str = ""
    heading: str = ""


def add_column(table, column: Column, values: Sequence) -> None:
    """Add a column with its values: text if there is any, numbers (NaN is unknown) otherwise."""
    text = any(isinstance(value, str) for value in values)
    array = vtk.vtkStringArray() if text else vtk.vtkDoubleArray()
    array.SetName(column.name)
    for value in values:
        array.InsertNextValue(str(value) if text else _number(value))
    table.AddColumn(array)
    table.SetColumnTitle(column.name, header_of(column))
    table.SetColumnDescription(column.name, column.tooltip)
    if column.unit:
        table.SetColumnUnitLabel(column.name, column.unit)
    if column.heading:
        table.SetColumnProperty(column.name, GROUP_PROPERTY, column.heading)


def header_of(column: Column) -> str:
    """Return the heading and the title, as a table view shows them above the column."""
    return f"{column.heading}: {column.title}" if column.heading else column.title


def _number(value) -> float:
    return float("nan") if value is None else float(value)
