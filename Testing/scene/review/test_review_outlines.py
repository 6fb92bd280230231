"""The outlines of tumors, each where its scan is shown."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import slicer
from VolumePreservingRegLib.review.aligned_segments import SIMILARITY_ONLY, VOLUME_PRESERVING
from VolumePreservingRegLib.review.compare import Compare
from VolumePreservingRegLib.review.tumor_outlines import forget_former_outlines
from VolumePreservingRegLib.scene.aligned_tumor import ALIGNMENT_TAG


def is_outlined(stage, name, grey):
    return np.any(stage.picture(name)[30:] != grey)


@pytest.mark.usefixtures("outlined")
def test_the_tumor_of_the_baseline_is_outlined_on_baseline_and_aligned_scan(stage, review):
    review.setCompare(Compare.BEFORE_AND_AFTER)

    review.setOutlines(True)

    assert not is_outlined(stage, "VPRTopAxial", 80)
    assert is_outlined(stage, "VPRBottomAxial", 200)


@pytest.mark.usefixtures("outlined")
def test_an_outline_encloses_the_tumor_and_leaves_its_inside_free(stage, review):
    review.setOutlines(True)

    line = np.any(stage.picture("Red") != 40, axis=2)

    rows, columns = np.nonzero(line)
    assert 50 < np.ptp(rows) < 70  # a cube of 20 mm at 3 pixels a millimetre
    assert 50 < np.ptp(columns) < 70
    assert not line[120, 120]


def carried_cubes(scans):
    """Return a segmentation of one tumor after both alignments: 20 mm, and 12 mm."""
    node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLSegmentationNode", "aligned tumor")
    node.CreateDefaultDisplayNodes()
    for role, half in ((VOLUME_PRESERVING, 5), (SIMILARITY_ONLY, 3)):
        mask = np.zeros((40, 40, 40), np.uint8)
        mask[(slice(20 - half, 20 + half),) * 3] = 1
        segment = node.GetSegmentation().AddEmptySegment(role)
        node.GetSegmentation().GetSegment(segment).SetTag(ALIGNMENT_TAG, role)
        slicer.util.updateSegmentBinaryLabelmapFromArray(mask, node, segment, scans.baseline)
    node.GetDisplayNode().SetVisibility2DFill(False)
    return node


def test_each_alignment_shows_the_tumor_as_it_has_carried_it(stage, scans, review):
    tumor = carried_cubes(scans)
    review.setScans(replace(scans, nodes=replace(scans.nodes, alignedTumor=tumor)))
    review.setCompare(Compare.SIMILARITY_AND_VOLUME)
    nodes = stage.scene.GetNumberOfNodes()

    review.setOutlines(True)

    similarity = np.any(stage.picture("VPRMiddle")[30:] != 120, axis=2)
    preserving = np.any(stage.picture("VPRRight")[30:] != 200, axis=2)
    assert np.ptp(np.nonzero(similarity)[1]) == pytest.approx(36, abs=6)
    assert np.ptp(np.nonzero(preserving)[1]) == pytest.approx(60, abs=6)
    assert not is_outlined(stage, "VPRLeft", 40)
    review.setOutlines(False)
    review.setOutlines(True)
    review.setOutlines(False)
    assert stage.scene.GetNumberOfNodes() == nodes + 1
    assert not tumor.GetNthDisplayNode(1).GetVisibility()
    assert tumor.GetDisplayNode().GetSegmentVisibility(SIMILARITY_ONLY)


def test_the_views_survive_it_when_the_image_of_the_aligned_tumor_goes(stage, scans, review):
    tumor = carried_cubes(scans)
    tumor.SetReferenceImageGeometryParameterFromVolumeNode(scans.nodes.alignedVolume)
    review.setScans(replace(scans, nodes=replace(scans.nodes, alignedTumor=tumor)))
    review.setCompare(Compare.SIMILARITY_AND_VOLUME)
    review.setOutlines(True)
    stage.picture("VPRRight")

    stage.scene.RemoveNode(scans.nodes.alignedVolume)

    assert tumor.GetNodeReference(tumor.GetReferenceImageGeometryReferenceRole()) is None
    assert stage.picture("Red") is not None


def test_the_display_of_the_segmentation_is_left_as_found(stage, review, outlined):
    display = outlined.GetDisplayNode()
    display.SetVisibility2DFill(True)
    before = stage.picture("Red")
    review.setOutlines(True)

    review.setOutlines(False)

    assert np.array_equal(stage.picture("Red"), before)
    assert display.GetVisibility2DFill()
    assert not display.GetViewNodeIDs()


def test_a_scene_saved_with_outlines_opens_with_the_display_as_found(
    stage, scans, review, tmp_path
):
    tumor = carried_cubes(scans)
    tumor.GetDisplayNode().SetVisibility2DFill(True)
    review.setScans(replace(scans, nodes=replace(scans.nodes, alignedTumor=tumor)))
    review.setCompare(Compare.SIMILARITY_AND_VOLUME)
    review.setOutlines(True)
    path = str(tmp_path / "scene.mrb")
    assert slicer.mrmlScene.WriteToMRB(path)
    stage.scene.Clear(0)

    assert slicer.mrmlScene.ReadFromMRB(path)
    tumor = slicer.util.getNode("aligned tumor")
    assert tumor.GetNumberOfDisplayNodes() == 2
    forget_former_outlines(replace(scans, nodes=replace(scans.nodes, alignedTumor=tumor)))

    display = tumor.GetDisplayNode()
    assert not tumor.GetNthDisplayNode(1).GetVisibility()
    assert display.GetVisibility2DFill()
    assert display.GetSegmentVisibility(SIMILARITY_ONLY)
    assert not display.GetViewNodeIDs()
