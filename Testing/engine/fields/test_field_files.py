import gzip
import struct

import numpy as np
import pytest
import SimpleITK
import torch

from vpreg.fields.affine import follow_by_affine
from vpreg.fields.files import read_field, read_transform, write_field, write_transform
from vpreg.fields.transforms import affine_to_itk
from vpreg.images.image import Image
from vpreg.images.writing import write_image

AFFINE = np.array([[1.02, 0.1, 0, 3.0], [-0.1, 0.99, 0, -2.0], [0, 0.05, 1, 1.0], [0, 0, 0, 1]])
IMAGES = [".nii", ".nii.gz", ".nrrd", ".mha", ".mhd"]
ALL = [*IMAGES, ".h5", ".tfm"]


@pytest.mark.parametrize("ending", ALL)
def test_a_field_comes_back_from_every_kind_of_file(
    ending, tmp_path, fixed_grid, moving_grid, smooth_field
):
    # O6
    u = smooth_field(fixed_grid.shape, 3.0).float()
    path = tmp_path / f"field{ending}"

    write_field(u, path, fixed_grid=fixed_grid, moving_grid=moving_grid)
    back, grid = read_field(path, moving_grid=moving_grid)

    assert grid.matches(fixed_grid)
    assert float((back - u).abs().max()) * 3.0 < 1e-3
    expected = {path.name} | ({"field.zraw"} if ending == ".mhd" else set())
    assert {part.name for part in tmp_path.iterdir()} == expected


@pytest.mark.parametrize("ending", [".h5", ".tfm", ".nrrd", ".nii.gz"])
def test_a_field_and_the_affine_after_it_come_back_as_one(
    ending, tmp_path, fixed_grid, moving_grid, smooth_field
):
    u = smooth_field(fixed_grid.shape, 3.0).float()
    path = tmp_path / f"whole{ending}"

    write_field(u, path, fixed_grid=fixed_grid, then_affine_lps=AFFINE)
    back, _ = read_field(path, fixed_grid, moving_grid=moving_grid)

    expected = follow_by_affine(u, AFFINE, fixed_grid, moving_grid)
    torch.testing.assert_close(back, expected, atol=1e-3, rtol=0)


@pytest.mark.parametrize("ending", [".mat", ".txt", ".tfm", ".h5"])
def test_an_affine_file_is_read_on_the_grid_it_is_asked_for(ending, tmp_path, fixed_grid):
    path = tmp_path / f"affine{ending}"
    write_transform(affine_to_itk(AFFINE), path)

    u, grid = read_field(path, fixed_grid)

    expected = follow_by_affine(torch.zeros_like(u), AFFINE, fixed_grid, fixed_grid)
    assert grid is fixed_grid
    torch.testing.assert_close(u, expected, atol=1e-4, rtol=0)


@pytest.mark.parametrize("ending", [".nii", ".nii.gz"])
def test_nifti_says_displacement_and_holds_the_vectors_such_files_hold(
    ending, tmp_path, fixed_grid
):
    # T12: intent 1006 means RAS vectors; ITK reads them as LPS.
    u = torch.ones(3, *fixed_grid.shape)
    path = tmp_path / f"field{ending}"

    write_field(u, path, fixed_grid=fixed_grid)

    raw = path.read_bytes() if ending == ".nii" else gzip.decompress(path.read_bytes())
    assert struct.unpack_from("<h", raw, 68)[0] == 1006
    stored = np.frombuffer(raw, "<f4", offset=352).reshape(3, *fixed_grid.shape)
    lps = fixed_grid.voxel_to_lps[:3, :3] @ (1, 1, 1)
    np.testing.assert_allclose(stored[:, 3, 4, 5], lps * (-1, -1, 1), rtol=1e-5)
    point = fixed_grid.voxel_to_lps @ (3, 4, 5, 1)
    moved = read_transform(path).TransformPoint(point[:3])
    np.testing.assert_allclose(np.array(moved) - point[:3], lps, atol=1e-4)


def test_nifti_vectors_of_itk_are_read_as_lps(tmp_path, fixed_grid):
    vectors = np.zeros((*fixed_grid.shape, 3))
    vectors[..., 0] = 2.0
    path = tmp_path / "warp.nii.gz"
    SimpleITK.WriteImage(SimpleITK.GetImageFromArray(vectors, isVector=True), str(path))

    moved = read_transform(path).TransformPoint((3.0, 3.0, 3.0))

    np.testing.assert_allclose(moved, (5.0, 3.0, 3.0), atol=1e-6)


def test_nrrd_says_what_it_holds(tmp_path, fixed_grid):
    path = tmp_path / "field.nrrd"

    write_field(torch.zeros(3, *fixed_grid.shape), path, fixed_grid=fixed_grid)

    header = path.read_bytes().split(b"\n\n")[0].decode()
    assert "content: displacement field" in header
    assert "kinds: vector domain domain domain" in header


def test_an_affine_alone_has_no_grid_to_be_read_or_drawn_on(tmp_path):
    path = tmp_path / "affine.tfm"
    write_transform(affine_to_itk(AFFINE), path)

    with pytest.raises(ValueError, match="Give the fixed image"):
        read_field(path)
    with pytest.raises(ValueError, match="Give the fixed image"):
        write_transform(affine_to_itk(AFFINE), tmp_path / "field.nrrd")


@pytest.mark.parametrize("name", ["field.h5", "field.tfm", "field.nii.gz", "field.nrrd", "a.mha"])
def test_a_damaged_file_is_named_in_a_sentence(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(b"no transform at all")

    with pytest.raises(ValueError, match=name):
        read_transform(path)


@pytest.mark.parametrize("ending", [".nii.gz", ".nrrd", ".h5"])
def test_a_file_that_ends_early_is_refused(ending, tmp_path, fixed_grid, smooth_field):
    path = tmp_path / f"field{ending}"
    write_field(smooth_field(fixed_grid.shape, 2.0), path, fixed_grid=fixed_grid)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    with pytest.raises(ValueError, match=f"field{ending}"):
        read_transform(path)


def test_a_scan_is_no_field(tmp_path, fixed_grid):
    path = tmp_path / "scan.nii.gz"
    write_image(Image(torch.rand(fixed_grid.shape), fixed_grid), path)

    with pytest.raises(ValueError, match="three values in each voxel"):
        read_transform(path)


def test_a_field_with_nan_is_refused(tmp_path, fixed_grid):
    u = torch.zeros(3, *fixed_grid.shape)
    u[0, 1, 1, 1] = float("nan")
    path = tmp_path / "field.nrrd"
    write_field(u, path, fixed_grid=fixed_grid)

    with pytest.raises(ValueError, match="finite numbers"):
        read_transform(path)


@pytest.mark.parametrize("name", ["missing.h5", "field.npz"])
def test_a_wrong_path_is_refused(name, tmp_path):
    with pytest.raises(ValueError, match=name):
        read_transform(tmp_path / name)


@pytest.mark.parametrize("name", ["field.npz", "missing/field.h5"])
def test_a_wrong_target_is_refused_and_nothing_written(name, tmp_path, fixed_grid):
    with pytest.raises(ValueError, match=r"Use a file|Make the folder"):
        write_field(torch.zeros(3, *fixed_grid.shape), tmp_path / name, fixed_grid=fixed_grid)

    assert list(tmp_path.iterdir()) == []
