"""What the user chose, and the result, are kept in the scene and marked when they part."""

from __future__ import annotations

import pytest

from Testing.gui.panel_cases import (
    choose_scans,
    press_apply,
    use_worker,
    wait_for_the_end,
)

RESULT = "VolumePreservingReg.result."


@pytest.fixture
def finished(panel, clean, monkeypatch, finished_folder):
    """Register, by a worker that has the result already."""
    choose_scans(panel, tumors=True)
    use_worker(monkeypatch, "finish", finished_folder)
    press_apply(panel)
    wait_for_the_end(clean, panel)
    return panel


def aligned(panel):
    """Return the aligned scan of the panel's result."""
    node = panel.logic.getParameterNode().parameterNode
    return node.GetNodeReference(f"{RESULT}alignedVolume")


def findings(panel):
    """Return the texts of the list."""
    entries = panel.ui.findingsList
    return [entries.item(row).text() for row in range(entries.count)]


def test_a_saved_scene_shows_the_same_panel_and_the_same_results(finished, clean, tmp_path):
    from VolumePreservingRegLib.panel.choices import Mode

    parameters = finished.logic.getParameterNode()
    parameters.mode, parameters.preset = Mode.HEALTHY_REFERENCE, "brain-mr"
    parameters.baselineTumorSegmentID = "tumor"
    listed, name = findings(finished), aligned(finished).GetName()
    lesion = finished.ui.measuredTable.item(0, 1).text()
    clean.save_scene(tmp_path / "scene.mrb")

    clean.open_scene(tmp_path / "scene.mrb")

    assert finished.ui.baselineSelector.currentNode().GetName() == "Baseline"
    assert finished.ui.modeComboBox.currentText == Mode.HEALTHY_REFERENCE.label()
    assert finished.ui.presetComboBox.currentText == "Brain MR"
    assert finished.ui.baselineTumorSegmentComboBox.currentText == "Tumor"
    assert aligned(finished).GetName() == name
    assert findings(finished) == listed
    assert finished.ui.measuredTable.item(0, 1).text() == lesion


def test_another_setting_marks_the_result_and_the_old_one_takes_the_mark_off(finished):
    parameters = finished.logic.getParameterNode()
    name, slope = aligned(finished).GetName(), parameters.maskSlope

    parameters.maskSlope = 12.0
    marked = (finished.ui.staleLabel.text, aligned(finished).GetName())
    parameters.maskSlope = slope

    assert "Press Apply again" in marked[0]
    assert marked[1] != name
    assert finished.ui.staleLabel.text == ""
    assert aligned(finished).GetName() == name


def test_what_is_only_looked_at_marks_nothing(finished):
    parameters = finished.logic.getParameterNode()

    parameters.overlayOpacity = 0.9
    parameters.wipePosition = 0.1

    assert finished.ui.staleLabel.text == ""


def test_another_scan_marks_the_result(finished):
    parameters = finished.logic.getParameterNode()

    parameters.baseline = parameters.followUp

    assert "Press Apply again" in finished.ui.staleLabel.text


def test_new_voxels_of_an_input_mark_the_result(finished):
    import slicer

    scan = finished.logic.getParameterNode().baseline

    slicer.util.arrayFromVolume(scan)[0] += 1
    slicer.util.arrayFromVolumeModified(scan)

    assert "Baseline was changed" in finished.ui.staleLabel.text


def test_a_second_result_of_the_same_scans_replaces_the_first(finished, clean):
    import slicer

    first, count = aligned(finished), slicer.mrmlScene.GetNumberOfNodes()
    name = first.GetName()

    press_apply(finished)
    wait_for_the_end(clean, finished)

    assert aligned(finished) is not first
    assert first.GetScene() is None
    assert aligned(finished).GetName() == name
    assert slicer.mrmlScene.GetNumberOfNodes() == count


def test_the_two_kinds_of_numbers_stand_in_tables_of_their_own(finished):
    measured, alignment = finished.ui.measuredTable, finished.ui.alignmentTable
    headers = [
        [table.horizontalHeaderItem(n).text() for n in range(table.columnCount)]
        for table in (measured, alignment)
    ]

    assert "Change (%)" in headers[0]
    assert not any("STSR" in header for header in headers[0])
    assert sum("STSR" in header for header in headers[1]) == 2


def test_a_finding_brings_the_views_to_its_place(finished):
    import slicer

    assert finished.ui.findingsList.count > 0
    view = slicer.app.layoutManager().sliceWidget("VPRLeft").mrmlSliceNode()
    view.SetSliceOffset(40.0)

    finished.ui.findingsList.setCurrentRow(0)
    finished.ui.findingsList.itemClicked.emit(finished.ui.findingsList.item(0))

    expected = finished.results._review._findings[0].position_ras[2]
    assert view.GetSliceOffset() == pytest.approx(expected, abs=1e-3)


def test_a_new_result_is_cut_where_most_is_marked(finished):
    import slicer
    from VolumePreservingRegLib.review.first_place import first_place
    from VolumePreservingRegLib.scene import references

    nodes = references.find(finished.logic.getParameterNode().parameterNode)
    place = first_place(nodes.softMask)

    view = slicer.app.layoutManager().sliceWidget("VPRLeft").mrmlSliceNode()
    assert place is not None
    assert view.GetSliceOffset() == pytest.approx(place[2], abs=5.0)
    assert abs(place[2]) > 5.0


def test_closing_the_scene_empties_the_panel(finished, clean):
    clean.close_scene()

    assert findings(finished) == []
    assert finished.ui.measuredTable.isHidden()
    assert finished.ui.baselineSelector.currentNode() is None


def test_the_settings_of_the_scene_are_shown_when_the_module_is_opened_again(finished, clean):
    clean.leave_module()

    again = clean.open_module("VolumePreservingReg")

    assert again is finished
    assert aligned(again) is not None
    assert again.ui.measuredTable.rowCount == 1


def test_the_key_of_flicker_is_taken_only_while_there_is_a_result(finished, clean):
    import qt
    import slicer

    def taken():
        keys = slicer.util.mainWindow().findChildren(qt.QShortcut)
        return [one.enabled for one in keys if one.key.toString() == "Ctrl+Shift+F"]

    with_result = taken()
    clean.close_scene()

    assert finished
    assert with_result.count(True) == 1
    assert not any(taken())


def test_a_scene_saved_in_a_comparison_opens_where_its_views_were_never_made(
    finished, clean, tmp_path
):
    import slicer

    clean.save_scene(tmp_path / "scene.mrb")
    clean.close_scene()
    for node in slicer.util.getNodesByClass("vtkMRMLSliceNode"):
        if node.GetLayoutName().startswith("VPR"):
            slicer.mrmlScene.RemoveNode(node)

    clean.open_scene(tmp_path / "scene.mrb")

    assert findings(finished)
    shown = clean.app.layoutManager().sliceWidget("VPRRight").mrmlSliceCompositeNode()
    assert shown.GetBackgroundVolumeID() == aligned(finished).GetID()
