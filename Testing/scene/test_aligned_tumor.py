"""The tumor of the follow-up is carried over as the engine does it."""

from __future__ import annotations

import json

import numpy as np
import pytest
import slicer
import vtk
from VolumePreservingRegLib.scene.pull import pull_mask
from VolumePreservingRegLib.scene.segment_maps import segment_map


@pytest.mark.parametrize(
    ("segment", "key"), [("transform_1", "final"), ("similarityTransform_1", "similarity_only")]
)
def test_a_carried_lesion_has_the_volume_that_the_engine_measured(
    loaded, result_folder, segment, key
):
    content = json.loads((result_folder / "result.json").read_text(encoding="utf-8"))
    measured = content["figures"][key]["tumor"]["stsr"]["lesions"][0]["volume_warped_mm3"]

    mask = slicer.util.arrayFromSegmentBinaryLabelmap(
        loaded.nodes.alignedTumor, segment, loaded.fixed
    )

    # Counting voxels of half a weight or more, where the engine adds the weights (methods 2.9).
    volume = mask.sum() * np.prod(loaded.fixed.GetSpacing())
    assert volume == pytest.approx(measured, rel=0.08)


def test_a_translation_carries_a_box_by_its_voxels():
    fixed, moving = (volume_at((0, 0, 0)), volume_at((4, 0, 0)))
    mask = np.zeros((12, 12, 12), dtype=np.uint8)
    mask[4:8, 4:8, 4:8] = 1
    pull = vtk.vtkTransform()
    pull.Translate(0, 2, 0)  # a fixed point is looked up 2 mm further along A

    found = pull_mask(mask, pull, moving=moving, fixed=fixed)

    # The moving grid begins 4 mm (two voxels) further along R, the look-up 2 mm (one) along A.
    expected = np.roll(mask, (-1, 2), (1, 2)) > 0
    assert np.array_equal(found, expected)


@pytest.mark.usefixtures("scene")
def test_overlapping_segments_give_way_to_the_later_one():
    scan = volume_at((0, 0, 0))
    node = segmentation_of(scan, {"A": slice(2, 8), "B": slice(6, 10)})

    found = segment_map(node, scan)

    assert found.names == {1: "A", 2: "B"}
    assert np.unique(found.labels[2:6]).tolist() == [0, 1]
    assert found.labels[7, 5, 5] == 2


@pytest.mark.usefixtures("scene")
def test_only_the_segments_asked_for_are_drawn():
    scan = volume_at((0, 0, 0))
    node = segmentation_of(scan, {"A": slice(2, 4), "B": slice(6, 10)})
    wanted = node.GetSegmentation().GetSegmentIdBySegmentName("B")

    found = segment_map(node, scan, segment_ids=[wanted])

    assert found.names == {1: "B"}
    assert not found.labels[2:4].any()


@pytest.mark.usefixtures("scene")
def test_a_segmentation_off_the_scan_is_refused_in_a_plain_sentence():
    node = segmentation_of(volume_at((0, 0, 0)), {"A": slice(2, 4)})

    with pytest.raises(ValueError, match="Choose another segmentation"):
        segment_map(node, volume_at((500, 0, 0)))


def test_a_segmentation_made_of_a_surface_is_drawn_without_changing_it(scene):
    scan = volume_at((0, 0, 0))
    sphere = vtk.vtkSphereSource()
    sphere.SetCenter(11, 11, 11)
    sphere.SetRadius(6)
    sphere.SetThetaResolution(40)
    sphere.SetPhiResolution(40)
    sphere.Update()
    node = scene.AddNewNodeByClass("vtkMRMLSegmentationNode", "surface")
    node.GetSegmentation().SetSourceRepresentationName("Closed surface")
    node.AddSegmentFromClosedSurfaceRepresentation(sphere.GetOutput(), "ball")

    found = segment_map(node, scan)

    # 113 voxels in truth; Slicer counts those that the surface cuts.
    assert found.labels.sum() * 8 == pytest.approx(4 / 3 * np.pi * 6**3, rel=0.25)
    assert not node.GetSegmentation().ContainsRepresentation("Binary labelmap")


def volume_at(origin):
    """Add an empty volume of 12 x 12 x 12 voxels of 2 mm."""
    matrix = np.diag((2.0, 2.0, 2.0, 1.0))
    matrix[:3, 3] = origin
    voxels = np.zeros((12, 12, 12), dtype=np.float32)
    return slicer.util.addVolumeFromArray(voxels, slicer.util.vtkMatrixFromArray(matrix))


def segmentation_of(scan, slabs):
    """Add a segmentation with a slab of planes k a segment."""
    node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLSegmentationNode", "slabs")
    node.SetReferenceImageGeometryParameterFromVolumeNode(scan)
    for name, planes in slabs.items():
        segment = node.GetSegmentation().AddEmptySegment(name, name)
        mask = np.zeros((12, 12, 12), dtype=np.uint8)
        mask[planes, 3:9, 3:9] = 1
        slicer.util.updateSegmentBinaryLabelmapFromArray(mask, node, segment, scan)
    return node
