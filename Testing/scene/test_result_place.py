"""A result lies beside its baseline, and says what it belongs to and when it is outdated."""

from __future__ import annotations

import numpy as np
import pytest
import slicer
import vtk
from VolumePreservingRegLib.scene import references
from VolumePreservingRegLib.scene.hierarchy import folder_of
from VolumePreservingRegLib.scene.nothing_on_failure import all_items
from VolumePreservingRegLib.scene.remove_result import remove_result
from VolumePreservingRegLib.scene.stale import (
    is_stale,
    mark_stale,
    stale_reason,
    unmark_stale,
)
from VolumePreservingRegLib.scene.stale_observer import StaleObserver


@pytest.fixture
def hierarchy(scene):
    """Return the subject hierarchy of the scene."""
    return scene.GetSubjectHierarchyNode()


@pytest.fixture
def observed(loaded):
    """Return the nodes, an observer and what it said; it stops at the end."""
    said = []
    observer = StaleObserver(loaded.nodes, on_stale=said.append)
    loaded.said, loaded.observer = said, observer
    yield loaded
    observer.stop()


def test_a_result_lies_in_a_folder_under_the_study_of_the_baseline(
    pair, load, result_folder, hierarchy
):
    patient = hierarchy.CreateSubjectItem(hierarchy.GetSceneItemID(), "Patient")
    study = hierarchy.CreateStudyItem(patient, "2024")
    hierarchy.SetItemParent(hierarchy.GetItemByDataNode(pair.fixed), study)

    nodes = load(result_folder)

    folder = folder_of(nodes)
    assert hierarchy.GetItemParent(folder) == study
    assert hierarchy.GetItemName(folder) == "Registration: MR 2025 to MR 2024"
    parents = {hierarchy.GetItemParent(hierarchy.GetItemByDataNode(node)) for node in nodes.nodes()}
    assert parents == {folder}


def test_a_removed_result_takes_its_folder_along_unless_it_is_used(load, result_folder, hierarchy):
    first, second = load(result_folder), load(result_folder)
    kept = folder_of(first)
    hierarchy.CreateFolderItem(kept, "notes")

    remove_result(first)
    remove_result(second)

    folders = [item for item in all_items(slicer.mrmlScene) if hierarchy.GetItemName(item)]
    names = [hierarchy.GetItemName(item) for item in folders]
    assert sum(name.startswith("Registration") for name in names) == 1
    assert kept in folders


def test_a_parameter_node_finds_its_result(loaded, scene):
    parameters = scene.AddNewNodeByClass("vtkMRMLScriptedModuleNode")

    references.store(parameters, loaded.nodes)

    assert references.find(parameters) == loaded.nodes
    references.forget(parameters)
    assert references.find(parameters) is None


def test_a_node_removed_by_hand_is_missing_from_the_result(loaded, scene):
    parameters = scene.AddNewNodeByClass("vtkMRMLScriptedModuleNode")
    references.store(parameters, loaded.nodes)

    scene.RemoveNode(loaded.nodes.folds)

    found = references.find(parameters)
    assert found.folds is None
    assert found.jacobian is loaded.nodes.jacobian


def test_each_node_refers_to_its_inputs(loaded):
    inputs = {loaded.fixed, loaded.moving, loaded.fixedTumor, loaded.movingTumor}

    assert set(references.inputs_of(loaded.nodes)) == inputs


def test_marked_nodes_say_so_and_why_until_the_mark_is_taken_off(loaded):
    names = [node.GetName() for node in loaded.nodes.nodes()]

    mark_stale(loaded.nodes, "Smoothness was changed.")
    mark_stale(loaded.nodes, "again")

    assert is_stale(loaded.nodes)
    assert stale_reason(loaded.nodes) == "Smoothness was changed."
    assert all(node.GetName().endswith("(outdated)") for node in loaded.nodes.nodes())
    assert loaded.nodes.jacobian.GetDescription() == "Smoothness was changed."
    unmark_stale(loaded.nodes)
    assert [node.GetName() for node in loaded.nodes.nodes()] == names
    assert not is_stale(loaded.nodes)


def test_changed_voxels_of_a_scan_outdate_the_result(observed):
    array = slicer.util.arrayFromVolume(observed.moving)
    array[3, 3, 3] += 1
    slicer.util.arrayFromVolumeModified(observed.moving)

    assert is_stale(observed.nodes)
    assert "MR 2025 was changed" in observed.said[0]
    assert len(observed.said) == 1


def test_a_changed_segment_outdates_the_result(observed):
    tumor = observed.movingTumor
    segment = tumor.GetSegmentation().GetNthSegmentID(0)
    mask = slicer.util.arrayFromSegmentBinaryLabelmap(tumor, segment, observed.moving)
    slicer.util.updateSegmentBinaryLabelmapFromArray(
        np.roll(mask, 1, 0), tumor, segment, observed.moving
    )

    assert is_stale(observed.nodes)


def test_a_scan_put_elsewhere_outdates_the_result(observed, scene):
    shift = scene.AddNewNodeByClass("vtkMRMLLinearTransformNode")
    matrix = vtk.vtkMatrix4x4()
    matrix.SetElement(0, 3, 5)
    shift.SetMatrixTransformToParent(matrix)
    assert not is_stale(observed.nodes)

    observed.fixed.SetAndObserveTransformNodeID(shift.GetID())

    assert is_stale(observed.nodes)


def test_a_removed_input_outdates_the_result(observed, scene):
    scene.RemoveNode(observed.fixedTumor)

    assert "Tumor 2024 was removed" in observed.said[0]


def test_display_and_names_do_not_outdate_the_result(observed):
    observed.moving.GetDisplayNode().SetWindowLevel(300, 100)
    observed.moving.SetName("renamed")
    observed.movingTumor.GetDisplayNode().SetVisibility(False)
    observed.movingTumor.GetSegmentation().GetNthSegment(0).SetName("renamed")
    observed.movingTumor.GetSegmentation().GetNthSegment(0).SetColor(1, 0, 0)

    assert not is_stale(observed.nodes)


def test_a_stopped_observer_marks_nothing(observed):
    observed.observer.stop()

    slicer.util.arrayFromVolumeModified(observed.moving)

    assert not is_stale(observed.nodes)


def test_a_follow_up_shown_aligned_by_the_transform_of_the_result_is_still_the_same(observed):
    observed.movingTumor.SetAndObserveTransformNodeID(observed.nodes.transform.GetID())

    assert not is_stale(observed.nodes)
