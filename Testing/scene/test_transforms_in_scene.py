"""Transforms of a result lead where ITK's lead, and keep doing so."""

from __future__ import annotations

import numpy as np
import pytest
import SimpleITK
import slicer
import vtk
from scipy.ndimage import map_coordinates
from VolumePreservingRegLib.scene.read_files import grid_transforms
from VolumePreservingRegLib.scene.reopen import ReopenObserver

FILES = {"transform": "transform.h5", "similarityTransform": "similarity_only/transform.h5"}
RAS = np.array((-1.0, -1.0, 1.0))


@pytest.mark.parametrize("role", FILES)
def test_a_point_goes_where_itk_sends_it(loaded, result_folder, role):
    points = points_in(loaded.fixed)
    itk = SimpleITK.ReadTransform(str(result_folder / FILES[role]))
    expected = np.array([itk.TransformPoint((p * RAS).tolist()) for p in points]) * RAS

    found = mapped(getattr(loaded.nodes, role), points)

    assert np.abs(expected - points).max() > 5  # the test would see an identity
    assert np.abs(found - expected).max() < 1e-3


def test_the_affine_alone_counts_outside_the_field(loaded, result_folder):
    centre = points_in(loaded.fixed).mean(0)
    far = centre + np.array([[300.0, 0, 0], [0, -400, 0], [0, 100, 500]])
    itk = SimpleITK.ReadTransform(str(result_folder / "transform.h5"))
    expected = np.array([itk.TransformPoint((p * RAS).tolist()) for p in far]) * RAS

    found = mapped(loaded.nodes.transform, far)

    assert np.abs(found - expected).max() < 1e-3


def test_the_field_is_read_linearly_between_its_points(loaded):
    grids = grid_transforms(loaded.nodes.transform)

    assert len(grids) == 1
    assert grids[0].GetInterpolationMode() == vtk.VTK_LINEAR_INTERPOLATION


def test_the_follow_up_looked_up_through_the_transform_is_the_warped_scan(loaded):
    index = np.random.default_rng(3).integers(0, 50, (3000, 3))
    expected = slicer.util.arrayFromVolume(loaded.nodes.alignedVolume)[tuple(index.T)]
    points = placed(ijk_to_ras(loaded.fixed), index[:, ::-1])

    at = placed(np.linalg.inv(ijk_to_ras(loaded.moving)), mapped(loaded.nodes.transform, points))
    image = slicer.util.arrayFromVolume(loaded.moving)
    found = map_coordinates(image, at.T[::-1], order=1, mode="grid-constant")

    # A moving voxel at the very edge may count or not: the last digit of a coordinate decides.
    assert np.quantile(np.abs(found - expected), 0.99) < 1e-3 * np.ptp(image)


def test_a_hardened_follow_up_lies_on_the_warped_scan(loaded):
    right = hardened(loaded.moving, loaded.nodes.transform)
    loaded.nodes.transform.Inverse()
    wrong = hardened(loaded.moving, loaded.nodes.transform)

    expected = slicer.util.arrayFromVolume(loaded.nodes.alignedVolume)
    errors = [
        np.abs(found - expected)[seen].mean()
        for volume in (right, loaded.moving, wrong)
        for found, seen in [sampled(volume, loaded.fixed)]
    ]

    # Hardening resamples, on other voxels: a blur, but no shift.
    assert errors[0] < 0.5 * errors[1] < 0.5 * errors[2]


def test_a_segmentation_under_the_transform_lies_on_the_aligned_tumor(loaded):
    tumor = loaded.movingTumor
    tumor.SetAndObserveTransformNodeID(loaded.nodes.transform.GetID())
    tumor.HardenTransform()

    carried = mask_of(loaded.nodes.alignedTumor, "transform_1", loaded.fixed)
    hardened = mask_of(tumor, tumor.GetSegmentation().GetNthSegmentID(0), loaded.fixed)

    both = (carried & hardened).sum()
    assert 2 * both / (carried.sum() + hardened.sum()) > 0.85


def test_the_transform_names_what_it_leads_between(loaded):
    for role in FILES:
        node = getattr(loaded.nodes, role)

        assert node.GetNodeReference(node.GetMovingNodeReferenceRole()) is loaded.moving
        assert node.GetNodeReference(node.GetFixedNodeReferenceRole()) is loaded.fixed


def test_a_scene_opened_again_has_the_same_transform(loaded, scene, tmp_path):
    points = points_in(loaded.fixed)
    before = mapped(loaded.nodes.transform, points)
    name = loaded.nodes.transform.GetName()
    slicer.util.saveScene(str(tmp_path / "saved.mrb"))
    scene.Clear(0)
    observer = ReopenObserver(scene)

    slicer.util.loadScene(str(tmp_path / "saved.mrb"))
    observer.stop()

    after = mapped(slicer.util.getNode(name), points)
    assert np.abs(after - before).max() < 1e-6


def points_in(volume, *, count=200):
    """Return random points of a volume, in RAS millimetres."""
    shape = np.array(volume.GetImageData().GetDimensions())
    return placed(ijk_to_ras(volume), np.random.default_rng(5).uniform(0, shape - 1, (count, 3)))


def mapped(node, points):
    """Return where from-parent leads points."""
    transform = node.GetTransformFromParent()
    return np.array([transform.TransformPoint(point) for point in points])


def ijk_to_ras(volume):
    """Return the geometry of a volume as an array."""
    matrix = vtk.vtkMatrix4x4()
    volume.GetIJKToRASMatrix(matrix)
    return slicer.util.arrayFromVTKMatrix(matrix)


def placed(matrix, points):
    """Return points (N, 3) after a matrix."""
    return (matrix @ np.c_[points, np.ones(len(points))].T).T[:, :3]


def hardened(volume, transform):
    """Return a copy of a volume with a transform hardened into it."""
    copy = slicer.modules.volumes.logic().CloneVolume(volume, "copy")
    copy.SetAndObserveTransformNodeID(transform.GetID())
    copy.HardenTransform()
    return copy


def sampled(volume, reference):
    """Return a volume linearly on the voxels of another, and where both are."""
    image, shape = slicer.util.arrayFromVolume(volume), slicer.util.arrayFromVolume(reference).shape
    kji = np.indices(shape).reshape(3, -1).T
    chain = np.linalg.inv(ijk_to_ras(volume)) @ ijk_to_ras(reference)
    at = placed(chain, kji[:, ::-1]).T[::-1]
    inside = ((at > 1) & (at < np.array(image.shape)[:, None] - 2)).all(0)
    return map_coordinates(image, at, order=1).reshape(shape), inside.reshape(shape)


def mask_of(segmentation, segment_id, volume):
    """Return a segment as bool on the voxels of a volume."""
    return slicer.util.arrayFromSegmentBinaryLabelmap(segmentation, segment_id, volume) > 0
