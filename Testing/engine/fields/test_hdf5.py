"""Transform files hold their displacements in single precision, for ITK and for Slicer."""

import numpy as np
import pytest
import SimpleITK

from vpreg.fields import hdf5
from vpreg.fields.files import write_field

AFFINE = np.array([[1.02, 0.1, 0, 3.0], [-0.1, 0.99, 0, -2.0], [0, 0.05, 1, 1.0], [0, 0, 0, 1]])


@pytest.fixture
def written(tmp_path, fixed_grid, smooth_field, monkeypatch):
    """Write the same transform in double precision, as without h5py, and as usual."""
    u = smooth_field(fixed_grid.shape, 3.0).float()
    paths = tmp_path / "double.h5", tmp_path / "usual.h5"
    with monkeypatch.context() as without:
        without.setattr(hdf5, "find_spec", lambda _name: None)
        write_field(u, paths[0], fixed_grid=fixed_grid, then_affine_lps=AFFINE)
    write_field(u, paths[1], fixed_grid=fixed_grid, then_affine_lps=AFFINE)
    return paths


@pytest.fixture
def points(fixed_grid):
    index = np.random.default_rng(0).uniform(0, np.array(fixed_grid.shape) - 1, (50, 3))
    return index @ fixed_grid.voxel_to_lps[:3, :3].T + fixed_grid.voxel_to_lps[:3, 3]


def test_itk_reads_the_same_map_from_half_the_bytes(written, points):
    pytest.importorskip("h5py")
    double, usual = (SimpleITK.ReadTransform(str(path)) for path in written)

    for point in points.tolist():
        expected = double.TransformPoint(point)
        np.testing.assert_allclose(usual.TransformPoint(point), expected, atol=1e-5)
    assert written[1].stat().st_size < 0.7 * written[0].stat().st_size


def test_slicer_reads_the_same_map(written, points):
    pytest.importorskip("h5py")
    slicer = pytest.importorskip("slicer")
    scene, found = slicer.vtkMRMLScene(), []

    for path in written:
        node, storage = slicer.vtkMRMLTransformNode(), slicer.vtkMRMLTransformStorageNode()
        scene.AddNode(node)
        scene.AddNode(storage)
        storage.SetFileName(str(path))
        assert storage.ReadData(node)
        pull = node.GetTransformFromParent()
        found.append([pull.TransformPoint(point) for point in (points * [-1, -1, 1]).tolist()])

    np.testing.assert_allclose(found[1], found[0], atol=1e-5)
    assert np.abs(np.array(found[1]) - points * [-1, -1, 1]).max() > 0.5


def test_the_affine_keeps_all_its_digits(written):
    pytest.importorskip("h5py")
    affines = [
        SimpleITK.CompositeTransform(SimpleITK.ReadTransform(str(path))).GetNthTransform(0)
        for path in written
    ]

    assert affines[0].GetParameters() == affines[1].GetParameters()


def test_a_composite_in_a_composite_is_written_flat(tmp_path):
    inner = SimpleITK.CompositeTransform([SimpleITK.TranslationTransform(3, (1.0, 2.0, 3.0))])
    nested = SimpleITK.CompositeTransform(3)
    nested.AddTransform(inner)

    hdf5.write_hdf5(nested, tmp_path / "nested.h5")

    back = SimpleITK.ReadTransform(str(tmp_path / "nested.h5"))
    assert back.TransformPoint((0.0, 0.0, 0.0)) == (1.0, 2.0, 3.0)
