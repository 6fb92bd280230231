"""The result over time in Slicer's views, in the panel, in the scene and in a file."""

from __future__ import annotations

import csv
import re

import numpy as np
import pytest

from Testing.gui.panel_cases import node_names
from Testing.gui.timeline_cases import (
    CENTRES_LPS,
    DAYS,
    draw_more,
    register_all,
    result_of,
    select,
    shown,
    store_of,
)

LAYOUT_OF_THREE = 5113
VIEWS = ("VPRTime1", "VPRTime2", "VPRTime3")


def manager():
    """Return what arranges the views."""
    import slicer

    return slicer.app.layoutManager()


def middle(view):
    """Return the RAS point in the middle of a slice view."""
    matrix = manager().sliceWidget(view).mrmlSliceNode().GetSliceToRAS()
    return [matrix.GetElement(axis, 3) for axis in range(3)]


def test_each_time_point_has_a_view_in_the_space_of_the_baseline(followed):
    panel, visits = followed
    nodes = result_of(panel)

    shows = [
        manager().sliceWidget(view).mrmlSliceCompositeNode().GetBackgroundVolumeID()
        for view in VIEWS
    ]

    assert manager().layout == LAYOUT_OF_THREE
    assert shows == [visits[0][0].GetID(), *(scan.GetID() for scan in nodes.scans)]
    for scan in nodes.scans:
        assert scan.GetImageData().GetDimensions() == visits[0][0].GetImageData().GetDimensions()


def test_each_view_outlines_the_lesions_of_its_own_date_alone(followed):
    panel, visits = followed

    for view, lesions in zip(VIEWS, result_of(panel).lesions, strict=True):
        display = lesions.GetDisplayNode()
        node = manager().sliceWidget(view).mrmlSliceNode()
        assert display.GetVisibility()
        assert not display.GetVisibility2DFill()
        assert list(display.GetViewNodeIDs()) == [node.GetID()]
        assert not visits[0][1].GetDisplayNode().IsDisplayableInView(node.GetID())


def test_lesions_lie_where_they_were_at_baseline(followed):
    import slicer

    panel, visits = followed
    baseline = visits[0][0]

    for lesions in result_of(panel).lesions:
        mask = slicer.util.arrayFromSegmentBinaryLabelmap(lesions, "L1", baseline)
        placed = np.zeros((4, 4))
        placed = slicer.util.arrayFromVTKMatrix(ijk_to_ras(baseline))
        place = placed[:3, :3] @ np.argwhere(mask).mean(0)[::-1] + placed[:3, 3]
        expected = np.array(CENTRES_LPS[0]) * (-1, -1, 1)
        assert np.linalg.norm(place - expected) < 2.0


def ijk_to_ras(volume):
    """Return the matrix of a volume."""
    import vtk

    matrix = vtk.vtkMatrix4x4()
    volume.GetIJKToRASMatrix(matrix)
    return matrix


def test_plot_and_table_views_show_the_result(followed):
    panel, _ = followed
    nodes = result_of(panel)
    plots = [manager().plotWidget(n) for n in range(manager().plotViewCount)]
    tables = [manager().tableWidget(n) for n in range(manager().tableViewCount)]

    assert nodes.chart in [one.mrmlPlotViewNode().GetPlotChartNode() for one in plots]
    assert nodes.table in [one.mrmlTableViewNode().GetTableNode() for one in tables]
    assert [one.GetYColumnName() for one in nodes.series] == ["L1", "L2"]


def test_selecting_a_row_brings_all_views_to_the_lesion(followed):
    panel, _ = followed

    for lesion, centre in zip(("L1", "L2"), CENTRES_LPS, strict=True):
        select(panel, lesion, DAYS[1])
        expected = np.array(centre) * (-1, -1, 1)
        for view in VIEWS:
            assert np.linalg.norm(middle(view) - expected) < 2.5


def test_a_vanished_lesion_is_sought_where_it_was_last(followed):
    panel, _ = followed

    select(panel, "L2", DAYS[2])

    assert np.linalg.norm(middle(VIEWS[2]) - np.array(CENTRES_LPS[1]) * (-1, -1, 1)) < 2.5


def test_the_two_kinds_of_numbers_stand_under_two_headings(followed):
    panel, _ = followed
    ui = panel.timeline.ui

    select(panel, "L1", DAYS[2])

    assert ui.measuredHeadingLabel.text == "Measured on the segmentations"
    assert "since baseline" in ui.measuredDetailLabel.text
    assert "STSR" not in ui.measuredDetailLabel.text
    assert ui.propertyHeadingLabel.text == "Property of the alignment"
    assert ui.propertyDetailLabel.text.startswith("STSR 1.0")
    assert "since" not in ui.propertyDetailLabel.text


def test_the_response_is_told_with_its_reasons(followed):
    panel, _ = followed

    select(panel, "L1", DAYS[2])

    label = panel.timeline.ui.responseLabel
    assert "Volume limits PD" in label.text
    assert "%" in label.toolTip


def test_the_log_scale_changes_the_axis_and_keeps_the_choice(followed):
    panel, _ = followed

    panel.timeline.ui.logScaleCheckBox.click()

    assert result_of(panel).chart.GetYAxisLogScale()
    assert store_of(panel).options().logScale
    values = result_of(panel).plotTable.GetTable().GetColumnByName("L2")
    assert np.isnan(values.GetValue(2))


def test_verdict_and_comment_go_into_the_scene_and_the_file(followed, tmp_path):
    panel, _ = followed
    ui = panel.timeline.ui

    select(panel, "L1", DAYS[1])
    ui.rejectButton.click()
    ui.commentLineEdit.setText("edge unclear")
    ui.commentLineEdit.editingFinished.emit()
    panel.timeline.results.exportCsv(tmp_path / "lesions.csv")

    table = result_of(panel).table.GetTable()
    with (tmp_path / "lesions.csv").open(newline="", encoding="utf-8") as stream:
        lines = {(one["lesion"], one["time_point"]): one for one in csv.DictReader(stream)}
    assert shown(panel, 3)[1] == "rejected …"
    assert table.GetColumnByName("Review").GetValue(1) == "rejected"
    assert table.GetColumnByName("Comment").GetValue(1) == "edge unclear"
    assert lines["L1", DAYS[1]]["review"] == "rejected"
    assert lines["L1", DAYS[1]]["comment"] == "edge unclear"
    assert float(lines["L1", DAYS[1]]["volume_ml"]) == pytest.approx(1.76)
    ui.rejectButton.click()
    assert table.GetColumnByName("Review").GetValue(1) == ""


def test_an_edit_marks_what_rests_on_it_and_nothing_else(followed):
    panel, visits = followed
    ui = panel.timeline.ui

    draw_more(visits[1][1], visits[1][0])

    table = ui.lesionTable
    marks = [table.item(row, 0).font().italic() for row in range(table.rowCount)]
    states = result_of(panel).table.GetTable().GetColumnByName("State")
    assert marks == [False, True, True, False, True, True]
    assert [states.GetValue(n) for n in range(6)] == ["", "outdated", "outdated"] * 2
    assert "Press Update" in ui.timelineStaleLabel.text
    assert ui.registerAllButton.text == "Update"


def test_another_date_marks_everything_and_the_old_one_takes_the_mark_off(followed):
    panel, _ = followed
    ui = panel.timeline.ui

    ui.timePointsTable.item(1, 0).setText("2021-05-01")
    marked = ui.timelineStaleLabel.text
    ui.timePointsTable.item(1, 0).setText(DAYS[1])

    assert "Press Update" in marked
    assert ui.timelineStaleLabel.text == ""


def test_looking_only_marks_nothing(followed):
    panel, visits = followed

    visits[1][1].GetDisplayNode().SetOpacity(0.3)
    visits[0][0].GetDisplayNode().SetWindowLevel(300, 100)
    visits[0][0].SetName("Another name")
    visits[0][0].SetName("Scan 2021-01-10")

    assert panel.timeline.ui.timelineStaleLabel.text == ""


def test_a_new_result_takes_the_place_of_the_last_one(followed, clean):
    panel, _ = followed
    last, names = result_of(panel), node_names()

    register_all(clean, panel)

    # Slicer numbers the helper nodes of displays itself.
    assert without_numbers(node_names()) == without_numbers(names)
    assert [one.GetName() for one in result_of(panel).nodes()] == [
        one.GetName() for one in last.nodes()
    ]
    assert all(one.GetScene() is None for one in last.nodes())


def without_numbers(names):
    """Take off what makes names unique."""
    return sorted(re.sub(r"_\d+$", "", name) for name in names)


def test_leaving_brings_the_layout_and_the_segmentations_back(followed, clean):
    panel, visits = followed

    panel.timeline.ui.showTimelineButton.click()
    clean.process_events()

    assert manager().layout < LAYOUT_OF_THREE - 3
    assert list(visits[0][1].GetDisplayNode().GetViewNodeIDs()) == []
    assert not any(one.GetDisplayNode().GetVisibility() for one in result_of(panel).lesions)


def test_another_layout_chosen_by_hand_leaves_the_views_over_time(followed, clean):
    panel, visits = followed

    manager().setLayout(3)
    clean.process_events()

    assert manager().layout == 3
    assert not panel.timeline.ui.showTimelineButton.checked
    assert list(visits[0][1].GetDisplayNode().GetViewNodeIDs()) == []


def test_a_saved_scene_shows_the_same(followed, clean, tmp_path):
    panel, visits = followed
    select(panel, "L1", DAYS[1])
    panel.timeline.ui.acceptButton.click()
    panel.timeline.ui.logScaleCheckBox.click()
    draw_more(visits[2][1], visits[2][0])
    rows, column = panel.timeline.results.rows, [shown(panel, n) for n in range(5)]
    clean.save_scene(tmp_path / "scene.mrb")

    clean.open_scene(tmp_path / "scene.mrb")

    ui, again = panel.timeline.ui, result_of(panel)
    assert panel.timeline.results.rows == rows
    assert [shown(panel, n) for n in range(5)] == column
    assert "Press Update" in ui.timelineStaleLabel.text
    assert ui.logScaleCheckBox.checked
    assert again.chart.GetYAxisLogScale()
    assert [one.GetTableNode() for one in again.series] == [again.plotTable] * 2
    assert [ui.timePointsTable.item(row, 0).text() for row in range(3)] == list(DAYS)
    assert again.table.GetTable().GetColumnByName("Review").GetValue(1) == "accepted"
    panel.timeline.results.exportCsv(tmp_path / "lesions.csv")
    assert "accepted" in (tmp_path / "lesions.csv").read_text(encoding="utf-8")


def test_without_one_of_its_nodes_there_is_no_result_any_more(followed, clean):
    panel, _ = followed

    clean.scene.RemoveNode(result_of(panel).table)
    clean.process_events()
    panel.timeline.refresh()

    assert panel.timeline.ui.timelineResults.isHidden()
    assert panel.timeline.ui.registerAllButton.text == "Register all"
