"""Every file that cannot be used gets a sentence that says what to do."""

import gzip
import struct
from dataclasses import replace

import numpy as np
import pytest
import SimpleITK
import torch

from vpreg.images.checks import ENDINGS, check_labels, check_scan
from vpreg.images.image import Image
from vpreg.images.reading import read_image, read_labels
from vpreg.images.writing import write_image


def _write(path, array, *, vector=False):
    SimpleITK.WriteImage(SimpleITK.GetImageFromArray(array, isVector=vector), str(path))
    return path


def _noise(*shape):
    return np.random.default_rng(0).random(shape, dtype=np.float32)


def test_a_wrong_path_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"Check the path: .*missing.nii.gz does not exist"):
        read_image(tmp_path / "missing.nii.gz")


@pytest.mark.parametrize("name", ["scan.png", "scan.txt", "scan", "scan.hdr", "SCAN.NII"])
def test_an_unsupported_ending_lists_the_supported_ones(tmp_path, name):
    (tmp_path / name).write_bytes(b"something")

    with pytest.raises(ValueError, match=r"\.nii, \.nii\.gz, \.nrrd, \.mha or \.mhd"):
        read_image(tmp_path / name)


def test_a_single_dicom_file_asks_for_its_folder(tmp_path):
    (tmp_path / "1-01.dcm").write_bytes(b"something")

    with pytest.raises(ValueError, match="Give the folder that holds the DICOM series"):
        read_image(tmp_path / "1-01.dcm")


def test_a_file_of_zero_bytes_is_called_empty(tmp_path):
    (tmp_path / "x.nii.gz").touch()

    with pytest.raises(ValueError, match="the file is empty"):
        read_image(tmp_path / "x.nii.gz")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kept", [0.02, 0.5, 0.99])
def test_a_truncated_file_is_refused(tmp_path, scan, ending, kept):
    path = tmp_path / f"x{ending}"
    write_image(scan, path)
    data = tmp_path / "x.zraw" if ending == ".mhd" else path
    whole = data.read_bytes()
    data.write_bytes(whole[: int(len(whole) * kept)])

    with pytest.raises(ValueError, match=r"again|whole"):
        read_image(path)


def test_a_packed_file_of_a_cut_image_says_how_much_is_missing(tmp_path, scan):
    write_image(scan, tmp_path / "x.nii")
    cut = (tmp_path / "x.nii").read_bytes()[:5000]
    (tmp_path / "cut.nii.gz").write_bytes(gzip.compress(cut))

    with pytest.raises(ValueError, match=f"after 5000 of {352 + 4 * 9 * 14 * 17} bytes"):
        read_image(tmp_path / "cut.nii.gz")


def test_one_wrong_bit_in_a_packed_file_is_found(tmp_path, scan):
    path = tmp_path / "x.nii.gz"
    write_image(scan, path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    with pytest.raises(ValueError, match="cut or damaged"):
        read_image(path)


def test_an_unpacked_file_that_is_named_as_packed_is_read(tmp_path, scan):
    write_image(scan, tmp_path / "x.nii")
    (tmp_path / "x.nii").rename(tmp_path / "x.nii.gz")

    assert torch.equal(read_image(tmp_path / "x.nii.gz").voxels, scan.voxels)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_of_another_kind_under_this_ending_is_refused(tmp_path, ending):
    (tmp_path / f"x{ending}").write_bytes(b"This is a letter. " * 100)

    with pytest.raises(ValueError, match=f"x{ending}"):
        read_image(tmp_path / f"x{ending}")


def test_a_mhd_without_its_data_file_says_so(tmp_path, scan):
    write_image(scan, tmp_path / "x.mhd")
    (tmp_path / "x.zraw").unlink()

    with pytest.raises(ValueError, match="its data file lies beside it"):
        read_image(tmp_path / "x.mhd")


@pytest.mark.parametrize("ending", [".nii.gz", ".nrrd", ".mha"])
def test_several_volumes_are_counted(tmp_path, ending):
    path = tmp_path / f"x{ending}"
    four = SimpleITK.GetImageFromArray(_noise(3, 4, 5, 6), isVector=False)
    SimpleITK.WriteImage(four, str(path))

    with pytest.raises(ValueError, match=r"Save one volume .* holds 3 of them"):
        read_image(path)


@pytest.mark.parametrize("ending", [".nii.gz", ".nrrd", ".mha"])
def test_colour_and_vectors_are_refused(tmp_path, ending):
    path = _write(tmp_path / f"x{ending}", _noise(4, 5, 6, 3), vector=True)

    with pytest.raises(ValueError, match=r"grey-value image.* 3 values in each voxel"):
        read_image(path)


@pytest.mark.parametrize("shape", [(5, 6), (1, 5, 6)])
def test_a_slice_is_no_scan(tmp_path, shape):
    path = _write(tmp_path / "x.nrrd", _noise(*shape))

    with pytest.raises(ValueError, match=r"Give a scan in 3-D: x.nrrd is a single slice"):
        read_image(path)


def test_a_nifti_header_that_promises_no_voxels_is_refused(tmp_path, scan):
    write_image(scan, tmp_path / "x.nii")
    content = bytearray((tmp_path / "x.nii").read_bytes())
    struct.pack_into("<h", content, 42, 0)
    (tmp_path / "x.nii").write_bytes(content)

    with pytest.raises(ValueError, match="no voxels"):
        read_image(tmp_path / "x.nii")


def test_an_image_without_voxels_is_refused(oblique_grid):
    grid = replace(oblique_grid, shape=(0, 4, 5))

    with pytest.raises(ValueError, match="Give an image with voxels"):
        check_scan(Image(torch.zeros(0, 4, 5), grid))


def test_a_constant_scan_is_refused(tmp_path):
    path = _write(tmp_path / "x.nrrd", np.full((4, 5, 6), 3.5, np.float32))

    with pytest.raises(ValueError, match=r"same value \(3.5\) in every voxel"):
        read_image(path)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_voxels_that_are_no_finite_number_are_counted(tmp_path, bad):
    array = _noise(4, 5, 6)
    array[1, 2, 3] = array[3, 2, 1] = bad
    path = _write(tmp_path / "x.nii.gz", array)

    with pytest.raises(ValueError, match=r"NaN or infinite.*there are 2"):
        read_image(path)


def test_a_sheared_nifti_says_what_to_do(tmp_path, scan):
    write_image(scan, tmp_path / "x.nii")
    content = bytearray((tmp_path / "x.nii").read_bytes())
    struct.pack_into("<hh", content, 252, 0, 1)
    struct.pack_into("<12f", content, 280, 1, 0.4, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0)
    (tmp_path / "x.nii").write_bytes(content)

    with pytest.raises(ValueError, match="grid with right angles"):
        read_image(tmp_path / "x.nii")


def test_an_empty_segmentation_has_its_own_sentence(tmp_path):
    path = _write(tmp_path / "x.nii.gz", np.zeros((4, 5, 6), np.uint8))

    with pytest.raises(ValueError, match=r"at least one labelled voxel: x.nii.gz is empty"):
        read_labels(path)


def test_a_segmentation_of_one_label_everywhere_is_questioned(tmp_path):
    path = _write(tmp_path / "x.nii.gz", np.full((4, 5, 6), 2, np.uint8))

    with pytest.raises(ValueError, match="label 2 in every voxel"):
        read_labels(path)


def test_a_constant_label_map_is_read_when_asked_for(tmp_path):
    path = _write(tmp_path / "x.nii.gz", np.zeros((4, 5, 6), np.uint8))

    assert read_labels(path, allow_constant=True).voxels.sum() == 0


def test_a_scan_given_as_labels_is_found_out(tmp_path):
    array = np.zeros((4, 5, 6), np.float32)
    array[1, 2, 3] = 0.37
    path = _write(tmp_path / "x.nii.gz", array)

    with pytest.raises(ValueError, match=r"whole numbers in its voxels: x.nii.gz holds 0.37"):
        read_labels(path)


def test_labels_stored_as_floating_point_are_read(tmp_path):
    array = np.zeros((4, 5, 6), np.float64)
    array[1, 2, 3] = 7
    path = _write(tmp_path / "x.nrrd", array)

    assert read_labels(path).voxels[1, 2, 3] == 7


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_labels_that_are_no_number_are_found_out(oblique_grid, bad):
    voxels = torch.ones(oblique_grid.shape)
    voxels[1, 2, 3] = bad

    with pytest.raises(ValueError, match="whole numbers"):
        check_labels(Image(voxels, oblique_grid))


def test_labels_too_large_for_int32_are_named(tmp_path):
    array = np.zeros((4, 5, 6), np.int64)
    array[0, 0, 0] = 2**40
    path = _write(tmp_path / "x.nrrd", array)

    with pytest.raises(ValueError, match="Renumber the labels"):
        read_labels(path)


def test_a_folder_is_no_label_map(tmp_path):
    with pytest.raises(ValueError, match="Give a label map as a file"):
        read_labels(tmp_path)


def test_a_series_is_chosen_only_in_a_folder(tmp_path):
    path = _write(tmp_path / "x.nrrd", _noise(4, 5, 6))

    with pytest.raises(ValueError, match="leave the series out"):
        read_image(path, series_uid="1.2.3")
