"""Lesions as the worker reads them: on the voxels on which they were drawn."""

from __future__ import annotations

import numpy as np
import pytest
from VolumePreservingRegLib.timeline.time_point import TimePoint

SPACING_MM = 2.0


@pytest.fixture
def scan(scene):
    """Return a scan."""
    assert scene
    import slicer

    voxels = np.zeros((12, 14, 16), dtype=np.float32)
    placed = np.diag([SPACING_MM, SPACING_MM, SPACING_MM, 1.0])
    placed[:3, 3] = (-7.0, 5.0, 11.0)
    return slicer.util.addVolumeFromArray(voxels, ijkToRAS=placed, name="scan")


def draw(scene, on, boxes):
    """Draw boxes (of voxel slices), a segment each."""
    import slicer

    node = scene.AddNewNodeByClass("vtkMRMLSegmentationNode", "drawn")
    node.SetReferenceImageGeometryParameterFromVolumeNode(on)
    for number, box in enumerate(boxes, start=1):
        segment = node.GetSegmentation().AddEmptySegment(f"s{number}", f"Lesion {number}")
        labels = np.zeros(slicer.util.arrayFromVolume(on).shape, dtype=np.uint8)
        labels[box] = 1
        slicer.util.updateSegmentBinaryLabelmapFromArray(labels, node, segment, on)
    return node


def written(point, path):
    """Write the lesions of a time point and read them with the engine."""
    from VolumePreservingRegLib.timeline.lesion_map import write_lesion_map

    from vpreg.images.reading import read_labels

    write_lesion_map(point, path / "lesions.nrrd")
    return read_labels(path / "lesions.nrrd", allow_constant=True)


BOX, OTHER = np.s_[2:5, 3:7, 4:9], np.s_[7:9, 3:7, 4:9]


def test_lesions_drawn_on_the_scan_come_on_its_voxels_with_a_label_a_segment(scene, scan, tmp_path):
    found = written(TimePoint("a", scan, draw(scene, scan, [BOX, OTHER])), tmp_path)

    expected = np.zeros((12, 14, 16))
    expected[BOX], expected[OTHER] = 1, 2
    assert (found.array == expected).all()
    assert found.grid.origin_lps == pytest.approx((7.0, -5.0, 11.0))


def test_one_segment_can_be_chosen(scene, scan, tmp_path):
    point = TimePoint("a", scan, draw(scene, scan, [BOX, OTHER]), segmentID="s2")

    assert (written(point, tmp_path).array > 0).sum() == 2 * 4 * 5


def test_lesions_drawn_on_finer_voxels_are_counted_in_these(scene, scan, tmp_path):
    import slicer

    fine = np.diag([0.5, 0.5, 1.0, 1.0])
    fine[:3, 3] = (-6.6, 5.3, 11.4)
    on = slicer.util.addVolumeFromArray(np.zeros((20, 40, 40), np.float32), ijkToRAS=fine)
    drawn = draw(scene, on, [np.s_[5:9, 10:21, 3:16]])

    found = written(TimePoint("a", scan, drawn), tmp_path)

    assert (found.array > 0).sum() == 4 * 11 * 13
    assert found.grid.spacing_mm == pytest.approx((1.0, 0.5, 0.5))
    index = np.argwhere(found.array > 0).mean(0)
    middle = found.grid.voxel_to_lps[:3, :3] @ index + found.grid.voxel_to_lps[:3, 3]
    assert middle == pytest.approx((6.6 - 9 * 0.5, -5.3 - 15 * 0.5, 11.4 + 6.5))


def test_a_moved_segmentation_lies_where_it_is_shown(scene, scan, tmp_path):
    import vtk

    drawn = draw(scene, scan, [BOX])
    transform = scene.AddNewNodeByClass("vtkMRMLLinearTransformNode")
    matrix = vtk.vtkMatrix4x4()
    matrix.SetElement(0, 3, 2 * SPACING_MM)
    transform.SetMatrixTransformToParent(matrix)
    drawn.SetAndObserveTransformNodeID(transform.GetID())

    found = written(TimePoint("a", scan, drawn), tmp_path)

    assert (np.argwhere(found.array > 0).min(0) == (2, 3, 6)).all()


def test_nothing_drawn_is_a_map_of_zeros_on_the_scan(scene, scan, tmp_path):
    drawn = draw(scene, scan, [])
    drawn.GetSegmentation().AddEmptySegment("s", "later")

    found = written(TimePoint("a", scan, drawn), tmp_path)

    assert found.grid.shape == (12, 14, 16)
    assert not found.array.any()


def test_segments_that_share_voxels_are_refused(scene, scan, tmp_path):
    import slicer

    drawn = draw(scene, scan, [BOX])
    again = slicer.vtkSegment()
    again.DeepCopy(drawn.GetSegmentation().GetNthSegment(0))
    again.SetName("Twin")
    drawn.GetSegmentation().AddSegment(again, "twin")

    with pytest.raises(ValueError, match="one segment only: Twin"):
        written(TimePoint("a", scan, drawn), tmp_path)
