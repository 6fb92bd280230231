"""Selectors follow the scene as Slicer's do."""

from __future__ import annotations

import numpy as np
import pytest

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture
def selector():
    import slicer

    selector = slicer.qMRMLNodeComboBox()
    selector.nodeTypes = ["vtkMRMLScalarVolumeNode"]
    selector.noneEnabled = True
    selector.setMRMLScene(slicer.mrmlScene)
    return selector


def add(class_name, name):
    import slicer

    return slicer.mrmlScene.AddNewNodeByClass(class_name, name)


def test_nodes_of_the_type_are_offered_and_others_are_not(selector):
    volume = add("vtkMRMLScalarVolumeNode", "scan")
    add("vtkMRMLTableNode", "table")

    assert selector.nodeCount() == 1
    assert selector.nodeFromIndex(0) is volume


def test_a_class_derived_from_the_type_is_offered_unless_refused(selector):
    add("vtkMRMLLabelMapVolumeNode", "labels")

    assert selector.nodeCount() == 1
    selector.showChildNodeTypes = False
    assert selector.nodeCount() == 0


def test_a_hidden_node_is_not_offered(selector):
    volume = add("vtkMRMLScalarVolumeNode", "scan")

    volume.SetHideFromEditors(True)
    add("vtkMRMLTableNode", "another")

    assert selector.nodeCount() == 0


def test_a_choice_is_told_once_as_node_and_as_text(selector):
    volume = add("vtkMRMLScalarVolumeNode", "scan")
    nodes, ids = [], []
    selector.connect("currentNodeChanged(vtkMRMLNode*)", nodes.append)
    selector.connect("currentNodeIDChanged(QString)", ids.append)

    selector.setCurrentNode(volume)
    selector.setCurrentNode(volume)

    assert (nodes, ids) == ([volume], [volume.GetID()])
    assert selector.currentNodeID == volume.GetID()


def test_removing_the_chosen_node_leaves_none(selector):
    import slicer

    volume = add("vtkMRMLScalarVolumeNode", "scan")
    selector.setCurrentNode(volume)
    heard = []
    selector.connect("currentNodeChanged(bool)", heard.append)

    slicer.mrmlScene.RemoveNode(volume)

    assert selector.currentNode() is None
    assert heard == [False]


def test_without_none_the_first_node_is_chosen(selector):
    selector.noneEnabled = False

    volume = add("vtkMRMLScalarVolumeNode", "scan")

    assert selector.currentNode() is volume


def test_closing_the_scene_empties_a_selector(clean, selector):
    selector.setCurrentNode(add("vtkMRMLScalarVolumeNode", "scan"))

    clean.close_scene()

    assert (selector.nodeCount(), selector.currentNode()) == (0, None)


@pytest.fixture
def segmentation():
    import slicer

    volume = slicer.util.addVolumeFromArray(np.zeros((4, 5, 6), np.float32))
    node = add("vtkMRMLSegmentationNode", "lesions")
    node.SetReferenceImageGeometryParameterFromVolumeNode(volume)
    for name in ("one", "two"):
        node.GetSegmentation().AddEmptySegment(name, name)
    return node


@pytest.fixture
def segments(segmentation):
    import slicer

    segments = slicer.qMRMLSegmentSelectorWidget()
    segments.noneEnabled = True
    segments.setMRMLScene(slicer.mrmlScene)
    segments.setCurrentNode(segmentation)
    return segments


def test_segments_of_the_chosen_segmentation_are_offered(segments, segmentation):
    assert segments.currentNode() is segmentation
    assert segments.segmentIDs() == ["one", "two"]
    assert segments.currentSegmentID() == ""


def test_a_segment_is_chosen_by_its_id(segments):
    heard = []
    segments.connect("currentSegmentChanged(QString)", heard.append)

    segments.setCurrentSegmentID("two")

    assert (segments.currentSegmentID(), heard) == ("two", ["two"])


def test_removing_the_chosen_segment_leaves_none(segments, segmentation):
    segments.setCurrentSegmentID("two")

    segmentation.GetSegmentation().RemoveSegment("two")

    assert (segments.currentSegmentID(), segments.segmentIDs()) == ("", ["one"])
