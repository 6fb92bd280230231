"""Nodes reach the job as files with the same voxels at the same places of the world."""

from __future__ import annotations

import numpy as np
import pytest
import SimpleITK
import slicer
import vtk
from VolumePreservingRegLib.scene.export_inputs import (
    export_organ,
    export_segments,
    export_volume,
)


@pytest.mark.parametrize("name", ["baseline", "follow_up"])
def test_a_scan_comes_out_as_it_went_in(pair, scans_folder, tmp_path, name):
    node = pair.fixed if name == "baseline" else pair.moving
    expected = SimpleITK.ReadImage(str(scans_folder / f"{name}.nii.gz"))

    found = SimpleITK.ReadImage(str(export_volume(node, tmp_path / "scan.nrrd")))

    assert np.array_equal(SimpleITK.GetArrayFromImage(found), SimpleITK.GetArrayFromImage(expected))
    assert corners(found) == pytest.approx(corners(expected), abs=1e-4)


def test_a_linear_transform_becomes_part_of_the_geometry(pair, scene, tmp_path):
    turn = vtk.vtkTransform()
    turn.RotateZ(30)
    turn.Translate(5, -3, 2)
    parent = scene.AddNewNodeByClass("vtkMRMLLinearTransformNode")
    parent.SetMatrixTransformToParent(turn.GetMatrix())
    before = corners(SimpleITK.ReadImage(str(export_volume(pair.fixed, tmp_path / "a.nrrd"))))
    pair.fixed.SetAndObserveTransformNodeID(parent.GetID())

    after = corners(SimpleITK.ReadImage(str(export_volume(pair.fixed, tmp_path / "b.nrrd"))))

    lps = np.array((-1, -1, 1))
    expected = [np.array(turn.TransformPoint(np.array(point) * lps)) * lps for point in before]
    assert after == pytest.approx(np.array(expected), abs=1e-4)
    assert pair.fixed.GetParentTransformNode() is parent


def test_a_scan_under_a_field_is_refused_in_a_plain_sentence(loaded, tmp_path):
    loaded.moving.SetAndObserveTransformNodeID(loaded.nodes.transform.GetID())

    with pytest.raises(ValueError, match="Harden the transform of MR 2025 first"):
        export_volume(loaded.moving, tmp_path / "scan.nrrd")

    assert not (tmp_path / "scan.nrrd").exists()


def test_a_photograph_is_refused_in_a_plain_sentence(scene, tmp_path):
    node = scene.AddNewNodeByClass("vtkMRMLVectorVolumeNode", "photo")
    slicer.util.updateVolumeFromArray(node, np.zeros((4, 4, 4, 3), dtype=np.uint8))

    with pytest.raises(ValueError, match="Choose a scan with one value a voxel: photo"):
        export_volume(node, tmp_path / "scan.nrrd")


def test_an_empty_volume_is_refused_in_a_plain_sentence(scene, tmp_path):
    node = scene.AddNewNodeByClass("vtkMRMLScalarVolumeNode", "nothing")

    with pytest.raises(ValueError, match="nothing holds no voxels"):
        export_volume(node, tmp_path / "scan.nrrd")


def test_a_segmentation_comes_out_as_a_label_map_of_its_scan(pair, scans_folder, tmp_path):
    expected = SimpleITK.ReadImage(str(scans_folder / "follow_up_tumor.nii.gz"))

    file = export_segments(pair.movingTumor, pair.moving, tmp_path / "tumor.nrrd")

    found = SimpleITK.ReadImage(str(file.path))
    assert file.names == {1: "Glioma"}
    assert np.array_equal(SimpleITK.GetArrayFromImage(found), SimpleITK.GetArrayFromImage(expected))
    assert corners(found) == pytest.approx(corners(expected), abs=1e-4)


def test_one_segment_of_several_is_the_organ(pair, tmp_path):
    segmentation = pair.movingTumor.GetSegmentation()
    first = segmentation.GetNthSegmentID(0)
    voxels = slicer.util.arrayFromSegmentBinaryLabelmap(pair.movingTumor, first, pair.moving)
    other = segmentation.AddEmptySegment("liver", "Liver")
    slicer.util.updateSegmentBinaryLabelmapFromArray(
        np.roll(voxels, 9, 2), pair.movingTumor, other, pair.moving
    )

    file = export_organ(pair.movingTumor, pair.moving, tmp_path / "organ.nrrd", segment_id=other)

    found = SimpleITK.GetArrayFromImage(SimpleITK.ReadImage(str(file.path)))
    assert np.array_equal(found > 0, np.roll(voxels, 9, 2) > 0)
    assert file.segment_ids == {1: "liver"}


def test_a_segment_that_was_deleted_is_missed_in_a_plain_sentence(pair, tmp_path):
    with pytest.raises(ValueError, match="Choose the segment again: Tumor 2025"):
        export_segments(pair.movingTumor, pair.moving, tmp_path / "t.nrrd", segment_ids=["gone"])


def test_a_job_registers_the_exported_files_as_the_originals(pair, scans_folder, tmp_path):
    from vpreg.images.reading import read_image

    original = read_image(scans_folder / "follow_up.nii.gz")

    exported = read_image(export_volume(pair.moving, tmp_path / "scan.nrrd"))

    assert exported.grid.matches(original.grid)


def corners(image):
    """Return the LPS millimetres of the first and the last voxel, and of one between."""
    size = np.array(image.GetSize()) - 1
    indices = (size * 0, size, size * np.array((1, 0, 0)), size * np.array((0, 1, 0)))
    return np.array([image.TransformIndexToPhysicalPoint(n.tolist()) for n in indices])
