"""The table that the plot draws, and the series and the chart that draw it."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from Testing.scene.timeline.timeline_figures import history, row


@pytest.fixture
def plot_table(scene):
    """Return an empty table node."""
    return scene.AddNewNodeByClass("vtkMRMLTableNode", "plot")


def column(table, name):
    """Return the values of a column."""
    array = table.GetTable().GetColumnByName(name)
    return [array.GetValue(n) for n in range(array.GetNumberOfValues())]


def fill(table, rows, reviews=None, *, log_scale=False):
    """Fill a table."""
    from VolumePreservingRegLib.timeline.plot import fill_plot_table

    fill_plot_table(table, rows, reviews or {}, log_scale=log_scale)


def test_the_plot_has_days_across_and_a_column_a_lesion(plot_table):
    fill(plot_table, history())

    assert column(plot_table, "Day") == [0, 90, 180]
    assert column(plot_table, "L1") == [1, 2, 4]
    assert column(plot_table, "L2") == [3, 1, 0]


def test_what_vanished_has_no_place_on_a_logarithmic_axis(plot_table):
    fill(plot_table, history(), log_scale=True)

    assert column(plot_table, "L2")[:2] == [3, 1]
    assert math.isnan(column(plot_table, "L2")[2])


def test_what_is_not_there_yet_or_went_into_another_is_left_out(plot_table):
    rows = [
        row("L1", 0, None, event="not there yet"),
        row("L1", 1, 0.5, event="new"),
        row("L1", 2, None, event="merged into another"),
    ]

    fill(plot_table, rows)

    shown = column(plot_table, "L1")
    assert (math.isnan(shown[0]), shown[1], math.isnan(shown[2])) == (True, 0.5, True)


def test_what_was_rejected_is_left_out_and_comes_back(plot_table):
    from VolumePreservingRegLib.timeline.review import Review, Verdict

    fill(plot_table, history(), {("L1", "2021-04-10"): Review(Verdict.REJECTED)})
    without = column(plot_table, "L1")
    fill(plot_table, history(), {("L1", "2021-04-10"): Review(Verdict.ACCEPTED)})

    assert (without[0], math.isnan(without[1]), without[2]) == (1, True, 4)
    assert column(plot_table, "L1") == [1, 2, 4]


def test_series_and_chart_draw_volumes_over_time_in_the_colour_of_the_lesion(plot_table, scene):
    from VolumePreservingRegLib.timeline.lesion_colours import colour_of
    from VolumePreservingRegLib.timeline.plot import set_log_scale, style_chart, style_series

    fill(plot_table, history())
    series = [scene.AddNewNodeByClass("vtkMRMLPlotSeriesNode", name) for name in ("L1", "L2")]
    for number, one in enumerate(series):
        style_series(one, plot_table, one.GetName(), number)
    chart = scene.AddNewNodeByClass("vtkMRMLPlotChartNode", "chart")
    style_chart(chart, series, baseline="2021-01-10", days=180)
    set_log_scale(chart, True)

    assert series[1].GetXColumnName() == "Day"
    assert series[1].GetYColumnName() == "L2"
    assert series[1].IsXColumnRequired()
    assert series[1].GetColor() == pytest.approx(colour_of(1))
    assert chart.GetNumberOfPlotSeriesNodes() == 2
    assert chart.GetXAxisTitle() == "Days since 2021-01-10"
    assert chart.GetYAxisLogScale()
    assert chart.GetXAxisRange()[0] < 0
    assert chart.GetXAxisRange()[1] > 180


def test_specks_do_not_fill_the_legend_unless_there_is_nothing_else(scene):
    assert scene
    from VolumePreservingRegLib.timeline.plot import in_chart

    plain = [replace(one, longestMm=12.0) for one in history() if one.lesion == "L1"]
    speck = [replace(one, longestMm=12.0, ml=0.05) for one in history()[3:5]]

    assert in_chart([*plain, *speck]) == ["L1"]
    assert in_chart(speck) == ["L2"]


def test_without_dates_the_axis_counts_days(scene):
    from VolumePreservingRegLib.timeline.plot import style_chart

    chart = scene.AddNewNodeByClass("vtkMRMLPlotChartNode", "chart")
    style_chart(chart, [], baseline="day 0", days=90)

    assert chart.GetXAxisTitle() == "Days"
