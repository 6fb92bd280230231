"""What must be there before Apply can be pressed, and what the panel says of it."""

from __future__ import annotations

import json

import numpy as np
import pytest

from Testing.gui.panel_cases import add_scan, add_tumor, choose_scans


def problem(panel):
    """Return what Apply says while it is disabled; None if it is enabled."""
    return None if panel.ui.applyButton.enabled else panel.ui.applyButton.toolTip


def bent_transform():
    """Add a transform that is not linear."""
    import slicer
    import vtk

    grid = vtk.vtkImageData()
    grid.SetDimensions(4, 4, 4)
    grid.AllocateScalars(vtk.VTK_DOUBLE, 3)
    field = slicer.vtkOrientedGridTransform()
    field.SetDisplacementGridData(grid)
    node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLGridTransformNode")
    node.SetAndObserveTransformFromParent(field)
    return node


def shifted():
    """Add a transform that moves by 10 mm."""
    import slicer

    node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLLinearTransformNode")
    matrix = np.eye(4)
    matrix[0, 3] = 10.0
    slicer.util.updateTransformMatrixFromArray(node, matrix)
    return node


def test_an_empty_panel_asks_for_both_scans(panel):
    assert problem(panel) == "Select the baseline and the follow-up scan."


def test_two_good_scans_are_enough(panel):
    choose_scans(panel)

    assert problem(panel) is None
    assert panel.ui.applyButton.toolTip == "Align the follow-up with the baseline."


@pytest.mark.parametrize("missing", ["baseline", "followUp"])
def test_one_scan_is_not_enough(panel, missing):
    choose_scans(panel)

    setattr(panel.logic.getParameterNode(), missing, None)

    assert problem(panel).startswith("Select the ")


def test_the_same_scan_twice_is_refused(panel):
    baseline, _ = choose_scans(panel)

    panel.logic.getParameterNode().followUp = baseline

    assert "two different scans" in problem(panel)


def test_a_scan_without_voxels_is_refused(panel):
    import slicer

    choose_scans(panel)

    empty = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLScalarVolumeNode", "Empty")
    panel.logic.getParameterNode().followUp = empty

    assert problem(panel) == "Select another scan: Empty holds no image."


def test_a_scan_that_is_too_small_is_refused(panel):
    choose_scans(panel)

    panel.logic.getParameterNode().baseline = add_scan("Tiny", tumor_radius=1, size=5)

    assert "Tiny has 5 x 5 x 5 voxels" in problem(panel)


def test_a_scan_under_a_bent_transform_is_refused(panel):
    baseline, _ = choose_scans(panel)

    baseline.SetAndObserveTransformNodeID(bent_transform().GetID())
    panel.logic.getParameterNode().Modified()

    assert "out of its transform" in problem(panel)


def test_a_scan_that_is_shifted_is_fine(panel):
    baseline, _ = choose_scans(panel)

    baseline.SetAndObserveTransformNodeID(shifted().GetID())
    panel.logic.getParameterNode().Modified()

    assert problem(panel) is None


def test_a_segmentation_without_segments_is_refused(panel):
    import slicer

    choose_scans(panel)

    empty = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLSegmentationNode", "Nothing drawn")
    panel.logic.getParameterNode().followUpTumor = empty

    assert problem(panel) == "Draw a segment, or select no segmentation: Nothing drawn is empty."


def test_a_segment_that_was_removed_is_asked_for_again(panel):
    choose_scans(panel, tumors=True)
    parameters = panel.logic.getParameterNode()
    parameters.baselineTumorSegmentID = "tumor"
    parameters.baselineTumor.GetSegmentation().AddEmptySegment("other", "Other")

    parameters.baselineTumor.GetSegmentation().RemoveSegment("tumor")

    assert "Select a segment again" in problem(panel)


def test_iterations_must_be_numbers(panel):
    choose_scans(panel)

    panel.ui.similarityIterationsLineEdit.text = "many"

    assert "whole numbers" in problem(panel)


def test_the_segments_of_a_segmentation_can_be_chosen(panel):
    choose_scans(panel, tumors=True)
    box = panel.ui.followUpTumorSegmentComboBox

    texts = [box.itemText(index) for index in range(box.count)]
    box.currentIndex = 1

    assert texts == ["All segments", "Tumor"]
    assert panel.logic.getParameterNode().followUpTumorSegmentID == "tumor"


def test_a_new_segment_appears_in_the_list(panel):
    choose_scans(panel, tumors=True)

    segmentation = panel.logic.getParameterNode().baselineTumor.GetSegmentation()
    segmentation.AddEmptySegment("second", "Second")

    assert panel.ui.baselineTumorSegmentComboBox.count == 3


def test_taking_a_segmentation_away_forgets_its_segment(panel):
    choose_scans(panel, tumors=True)
    parameters = panel.logic.getParameterNode()
    parameters.baselineTumorSegmentID = "tumor"

    parameters.baselineTumor = None

    assert parameters.baselineTumorSegmentID == ""
    assert not panel.ui.baselineTumorSegmentComboBox.enabled


@pytest.mark.usefixtures("clean")
def test_a_segmentation_on_another_grid_is_drawn_on_that_of_its_scan(tmp_path):
    import slicer
    from VolumePreservingRegLib.run.job_files import write_job_files
    from VolumePreservingRegLib.run.job_folder import JobFolder
    from VolumePreservingRegLib.run.request import Request, SegmentChoice

    fine, coarse = add_scan("Fine", tumor_radius=4), add_scan("Coarse", tumor_radius=4, size=12)
    coarse.SetSpacing(8.0, 8.0, 8.0)
    folder = JobFolder(tmp_path)
    folder.inputs.mkdir()

    choice = SegmentChoice(add_tumor(fine, radius=4))
    write_job_files(Request(fixed=fine, moving=coarse, movingTumor=choice), folder)

    job = json.loads(folder.job_file.read_text())
    labels = slicer.util.loadLabelVolume(job["moving_tumor"])
    assert labels.GetImageData().GetDimensions() == (12, 12, 12)
    assert slicer.util.arrayFromVolume(labels).any()
