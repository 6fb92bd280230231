"""What is written is read back."""

import os
from pathlib import Path

import numpy as np
import pytest
import SimpleITK
import torch

from vpreg.images.checks import ENDINGS
from vpreg.images.image import Image
from vpreg.images.itk import from_itk, to_itk
from vpreg.images.reading import read_image, read_labels
from vpreg.images.writing import write_image


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_scan_comes_back_bit_by_bit(tmp_path, scan, ending):
    write_image(scan, tmp_path / f"scan{ending}")

    back = read_image(tmp_path / f"scan{ending}")

    assert back.voxels.dtype is torch.float32
    assert torch.equal(back.voxels, scan.voxels)


@pytest.mark.parametrize("ending", [".mha", ".mhd"])
def test_meta_image_keeps_oblique_geometry_to_the_last_bit(tmp_path, scan, ending):
    write_image(scan, tmp_path / f"scan{ending}")

    assert read_image(tmp_path / f"scan{ending}").grid == scan.grid


@pytest.mark.parametrize(("ending", "relative"), [(".nrrd", 1e-15), (".nii", 1e-7)])
def test_other_formats_keep_oblique_geometry_to_their_precision(tmp_path, scan, ending, relative):
    # NRRD stores spacing times direction in float64, NIfTI stores float32.
    write_image(scan, tmp_path / f"scan{ending}")

    back = read_image(tmp_path / f"scan{ending}").grid

    np.testing.assert_allclose(back.spacing_mm, scan.grid.spacing_mm, rtol=relative)
    np.testing.assert_allclose(back.origin_lps, scan.grid.origin_lps, rtol=relative)
    np.testing.assert_allclose(back.direction, scan.grid.direction, atol=relative)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_written_twice_has_the_same_geometry_both_times(tmp_path, scan, ending):
    write_image(scan, tmp_path / f"one{ending}")
    once = read_image(tmp_path / f"one{ending}")

    write_image(once, tmp_path / f"two{ending}")
    twice = read_image(tmp_path / f"two{ending}")

    assert twice.grid.matches(once.grid, tolerance_mm=2e-6)
    assert torch.equal(twice.voxels, once.voxels)


@pytest.mark.parametrize("ending", ENDINGS)
def test_labels_come_back_as_int32(tmp_path, labels, ending):
    write_image(labels, tmp_path / f"labels{ending}")

    back = read_labels(tmp_path / f"labels{ending}")

    assert back.voxels.dtype is torch.int32
    assert torch.equal(back.voxels, labels.voxels)


@pytest.mark.parametrize(
    "dtype", [torch.uint8, torch.int16, torch.int32, torch.int64, torch.float32, torch.float64]
)
def test_the_pixel_type_on_disk_is_that_of_the_voxels(tmp_path, labels, dtype):
    write_image(labels.with_voxels(labels.voxels.to(dtype)), tmp_path / "x.nrrd")

    stored = from_itk(SimpleITK.ReadImage(str(tmp_path / "x.nrrd")))

    assert stored.voxels.dtype is dtype


def test_a_mask_of_bool_is_written_as_zeros_and_ones(tmp_path, labels):
    mask = labels.voxels > 2

    write_image(labels.with_voxels(mask), tmp_path / "mask.nii.gz")

    assert torch.equal(read_labels(tmp_path / "mask.nii.gz").voxels, mask.int())


def test_itk_finds_each_voxel_where_the_grid_puts_it(scan):
    k, j, i = 3, 8, 11

    itk = to_itk(scan)

    place = itk.TransformIndexToPhysicalPoint((i, j, k))
    np.testing.assert_allclose(place, (scan.grid.voxel_to_lps @ (k, j, i, 1))[:3], rtol=1e-12)
    assert itk.GetPixel(i, j, k) == scan.voxels[k, j, i].item()


def test_unsigned_pixels_above_the_signed_range_are_kept():
    itk = SimpleITK.GetImageFromArray(np.array([[[0, 65535]] * 2] * 2, dtype=np.uint16))

    assert from_itk(itk).voxels.max() == 65535


def test_nothing_else_is_left_in_the_folder(tmp_path, scan):
    for ending in ENDINGS:
        write_image(scan, tmp_path / f"x{ending}")

    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"x.nii", "x.nii.gz", "x.nrrd", "x.mha", "x.mhd", "x.zraw"}


@pytest.mark.parametrize("ending", [".nii.gz", ".mhd"])
def test_a_failed_write_keeps_the_old_file_and_leaves_no_rest(tmp_path, scan, monkeypatch, ending):
    path = tmp_path / f"scan{ending}"
    write_image(scan, path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}

    def run_out_of_room(_image, name, **_):
        Path(name).write_bytes(b"half")
        msg = "no room"
        raise RuntimeError(msg)

    monkeypatch.setattr(SimpleITK, "WriteImage", run_out_of_room)
    with pytest.raises(ValueError, match="room on the disk"):
        write_image(scan.with_voxels(scan.voxels + 1), path)

    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_an_old_file_is_replaced(tmp_path, scan):
    for ending in ENDINGS:
        write_image(scan, tmp_path / f"x{ending}")
        write_image(scan.with_voxels(scan.voxels + 1), tmp_path / f"x{ending}")

        assert torch.equal(read_image(tmp_path / f"x{ending}").voxels, scan.voxels + 1)


def test_writing_needs_an_existing_folder_and_a_known_ending(tmp_path, scan):
    with pytest.raises(ValueError, match=r"Make the folder first: .*nowhere does not exist"):
        write_image(scan, tmp_path / "nowhere" / "x.nii.gz")
    with pytest.raises(ValueError, match=r"ends in .nii, .*x.png does not"):
        write_image(scan, tmp_path / "x.png")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights do not bind here")
def test_a_folder_without_the_right_to_write_gets_a_sentence(tmp_path, scan):
    tmp_path.chmod(0o500)

    with pytest.raises(ValueError, match="right to write"):
        write_image(scan, tmp_path / "x.nrrd")


def test_one_volume_in_four_dimensions_is_read_as_three(tmp_path, scan):
    for ending in ENDINGS:
        joined = SimpleITK.JoinSeries([to_itk(scan)])
        SimpleITK.WriteImage(joined, str(tmp_path / f"x{ending}"))

        back = read_image(tmp_path / f"x{ending}")

        assert back.grid.matches(scan.grid, tolerance_mm=1e-5)
        assert torch.equal(back.voxels, scan.voxels)


def test_an_image_takes_only_voxels_of_the_shape_of_its_grid(oblique_grid):
    with pytest.raises(ValueError, match="shape of the grid"):
        Image(torch.zeros(2, 3, 4), oblique_grid)
