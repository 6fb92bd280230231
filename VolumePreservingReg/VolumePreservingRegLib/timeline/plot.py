"""Volumes over time as Slicer's plot: a series a lesion."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import slicer
import vtk
from slicer.i18n import tr as _

from VolumePreservingRegLib.timeline.dates import read_when
from VolumePreservingRegLib.timeline.figures import Figures
from VolumePreservingRegLib.timeline.lesion_colours import colour_of
from VolumePreservingRegLib.timeline.review import NOTHING, Reviews, Verdict

DAY, DATE = "Day", "Date"
LINE_WIDTH, MARKER_SIZE = 2, 9
LEAST_MM = 5.0
LEFT_MARGIN, RIGHT_MARGIN = 0.04, 0.18


def fill_plot_table(
    table: Any, rows: Sequence[Figures], reviews: Reviews, *, log_scale: bool
) -> None:
    """Write a row a time point and a column a lesion, in ml.

    What is not known, and what the reader rejected, is left out. A lesion that vanished has 0 ml,
    for which a logarithmic axis has no place.
    """
    table.RemoveAllColumns()
    times = sorted({(row.time, row.timePoint, row.day) for row in rows})
    _add(table, vtk.vtkDoubleArray(), DAY, [float(day) for _time, _name, day in times])
    _add(table, vtk.vtkStringArray(), DATE, [name for _time, name, _day in times])
    for lesion in dict.fromkeys(row.lesion for row in rows):
        series = sorted((row for row in rows if row.lesion == lesion), key=lambda row: row.time)
        values = [_shown(row, reviews, log_scale=log_scale) for row in series]
        _add(table, vtk.vtkDoubleArray(), lesion, values)
    table.Modified()


def style_series(series: Any, table: Any, lesion: str, number: int) -> None:
    """Let a series draw a lesion, in the colour that it has everywhere."""
    series.SetPlotType(slicer.vtkMRMLPlotSeriesNode.PlotTypeScatter)
    series.SetAndObserveTableNodeID(table.GetID())
    series.SetXColumnName(DAY)
    series.SetYColumnName(lesion)
    series.SetLabelColumnName(DATE)
    series.SetMarkerStyle(slicer.vtkMRMLPlotSeriesNode.MarkerStyleCircle)
    series.SetMarkerSize(MARKER_SIZE)
    series.SetLineStyle(slicer.vtkMRMLPlotSeriesNode.LineStyleSolid)
    series.SetLineWidth(LINE_WIDTH)
    series.SetColor(*colour_of(number))


def style_chart(chart: Any, series: Sequence[Any], *, baseline: str, days: float) -> None:
    """Let a chart draw all series over so many days."""
    chart.SetTitle(_("Volume on the segmentations"))
    is_date = read_when(baseline).isDate
    chart.SetXAxisTitle(_("Days since {date}").format(date=baseline) if is_date else _("Days"))
    chart.SetYAxisTitle(_("ml"))
    chart.SetLegendVisibility(True)
    # Slicer draws the legend over the right end of the plot, where the last date is.
    chart.SetXAxisRangeAuto(False)
    chart.SetXAxisRange(-LEFT_MARGIN * days, (1 + RIGHT_MARGIN) * days)
    for one in series:
        chart.AddAndObservePlotSeriesNodeID(one.GetID())


def in_chart(rows: Sequence[Figures]) -> list[str]:
    """Name the lesions for the chart: all but specks, which would fill its legend.

    Where there are specks only, all of them. Those left out have series all the same, which can be
    added to the chart in the module Plots.
    """
    names = list(dict.fromkeys(row.lesion for row in rows))
    plain = {row.lesion for row in rows if _is_plain(row)}
    return [name for name in names if name in plain] or names


def _is_plain(row: Figures) -> bool:
    if row.ml is None:
        return False
    return row.ml > row.uncertaintyMl and (row.longestMm or 0.0) >= LEAST_MM


def set_log_scale(chart: Any, log_scale: bool) -> None:
    """Let equal growth look equal, or equal volumes."""
    chart.SetYAxisLogScale(log_scale)


def _shown(row: Figures, reviews: Reviews, *, log_scale: bool) -> float:
    value = row.plottedMl
    if value is None or reviews.get(row.at, NOTHING).verdict is Verdict.REJECTED:
        return math.nan
    return math.nan if log_scale and value == 0 else value


def _add(table: Any, array: Any, name: str, values: Sequence[Any]) -> None:
    array.SetName(name)
    for value in values:
        array.InsertNextValue(value)
    table.AddColumn(array)
