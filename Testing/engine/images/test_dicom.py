"""DICOM series are found, chosen and read with their geometry."""

import numpy as np
import pytest
import SimpleITK
import torch

from vpreg.images.dates import scan_date
from vpreg.images.dicom import find_series
from vpreg.images.orientation import axes_code, reorient
from vpreg.images.reading import read_image

FIRST, SECOND = "1.2.826.0.1.3680043.2.1125.1", "1.2.826.0.1.3680043.2.1125.2"
TURN = np.array([[0.8, -0.6, 0.0], [0.6, 0.8, 0.0], [0.0, 0.0, 1.0]])


def _write_series(
    folder, array, *, uid=FIRST, description="portal venous", positions=None, dates=None
):
    """Write slices in shuffled name order, turned in the plane, 2.5 mm apart unless told."""
    folder.mkdir(parents=True, exist_ok=True)
    if positions is None:
        positions = [(-30.0, 12.0, 5.0 + 2.5 * k) for k in range(len(array))]
    writer = SimpleITK.ImageFileWriter()
    writer.KeepOriginalImageUIDOn()
    for k, (plane, place) in enumerate(zip(array, positions, strict=True)):
        image = SimpleITK.GetImageFromArray(plane[None])
        image.SetSpacing((0.7, 1.1, 2.5))
        image.SetOrigin(place)
        image.SetDirection(TURN.ravel().tolist())
        tags = {
            "0008|0016": "1.2.840.10008.5.1.4.1.1.2",
            "0008|0018": f"{uid}.{k + 1}",
            "0008|0060": "CT",
            "0008|103e": description,
            "0020|000d": "1.2.826.0.1.3680043.2.1125",
            "0020|000e": uid,
            "0020|0032": "\\".join(f"{value:.6f}" for value in place),
            "0020|0037": "\\".join(f"{value:.6f}" for value in TURN[:, :2].T.ravel()),
        }
        for tag, value in (tags | (dates or {})).items():
            image.SetMetaData(tag, value)
        writer.SetFileName(str(folder / f"{uid[-1]}-{(k * 7) % 10}{k}.dcm"))
        writer.Execute(image)


@pytest.fixture
def volume():
    return np.random.default_rng(5).integers(-1000, 1000, (5, 6, 8)).astype(np.int16)


def test_a_series_is_read_with_its_geometry(tmp_path, volume):
    _write_series(tmp_path, volume)

    image = read_image(tmp_path)

    assert image.voxels.dtype is torch.float32
    np.testing.assert_array_equal(image.array, volume)
    np.testing.assert_allclose(image.grid.spacing_mm, (2.5, 1.1, 0.7))
    np.testing.assert_allclose(image.grid.origin_lps, (-30, 12, 5))
    np.testing.assert_allclose(image.grid.direction, TURN[:, ::-1], atol=1e-6)


def test_slices_in_several_subfolders_make_one_series(tmp_path, volume):
    positions = [(0.0, 0.0, 2.5 * k) for k in range(5)]
    _write_series(tmp_path / "a" / "b", volume[:2], positions=positions[:2])
    _write_series(tmp_path / "c", volume[2:], positions=positions[2:])
    (tmp_path / "readme.txt").write_text("not an image")

    np.testing.assert_array_equal(read_image(tmp_path).array, volume)


def test_several_series_are_listed(tmp_path, volume):
    _write_series(tmp_path / "a", volume)
    _write_series(tmp_path / "b", volume[:3], uid=SECOND, description="arterial")

    with pytest.raises(ValueError, match="Choose one of the DICOM series") as caught:
        read_image(tmp_path)

    assert f"{FIRST}  portal venous, 5 slices" in str(caught.value)
    assert f"{SECOND}  arterial, 3 slices" in str(caught.value)


def test_a_series_is_chosen_by_its_uid(tmp_path, volume):
    _write_series(tmp_path / "a", volume)
    _write_series(tmp_path / "b", volume[:3], uid=SECOND)

    np.testing.assert_array_equal(read_image(tmp_path, series_uid=SECOND).array, volume[:3])


def test_an_unknown_uid_lists_what_is_there(tmp_path, volume):
    _write_series(tmp_path, volume)

    with pytest.raises(ValueError, match=rf"9\.9\.9 is not there.\n  {FIRST}  portal"):
        read_image(tmp_path, series_uid="9.9.9")


def test_the_largest_series_comes_first(tmp_path, volume):
    _write_series(tmp_path / "a", volume[:3])
    _write_series(tmp_path / "b", volume, uid=SECOND)

    assert [one.slice_count for one in find_series(tmp_path)] == [5, 3]


def test_a_folder_without_dicom_says_so(tmp_path):
    (tmp_path / "scan.txt").write_text("nothing")

    with pytest.raises(ValueError, match="Choose a folder that holds DICOM images"):
        read_image(tmp_path)


def test_a_missing_slice_is_noticed(tmp_path, volume):
    positions = [(0.0, 0.0, 2.5 * k) for k in (0, 1, 2, 4, 5)]
    _write_series(tmp_path, volume, positions=positions)

    with pytest.raises(ValueError, match=r"all its slices: .* from 2.50 to 5.00 mm"):
        read_image(tmp_path)


def test_two_time_points_in_one_series_are_noticed(tmp_path, volume):
    positions = [(0.0, 0.0, 2.5 * k) for k in (0, 1, 2, 1, 2)]
    _write_series(tmp_path, volume, positions=positions)

    with pytest.raises(ValueError, match="Export one time point or echo alone"):
        read_image(tmp_path)


def test_a_tilted_gantry_is_noticed(tmp_path, volume):
    positions = [(0.0, 0.4 * k, 2.5 * k) for k in range(5)]
    _write_series(tmp_path, volume, positions=positions)

    with pytest.raises(ValueError, match=r"tilted gantry.*sideways by 0.\d\d mm"):
        read_image(tmp_path)


def test_a_series_of_one_slice_is_no_scan(tmp_path, volume):
    _write_series(tmp_path, volume[:1])

    with pytest.raises(ValueError, match="single slice"):
        read_image(tmp_path)


def test_a_cut_slice_is_noticed(tmp_path, volume):
    _write_series(tmp_path, np.tile(volume, (1, 4, 4)))
    victim = sorted(tmp_path.iterdir())[2]
    victim.write_bytes(victim.read_bytes()[:-600])

    with pytest.raises(ValueError, match="Export"):
        read_image(tmp_path)


def test_a_real_series_equals_its_nifti(data_folder):
    dicom = read_image(data_folder / "dicom-ct")

    nifti = read_image(data_folder / "crlm-ct" / "CRLM-CT-1006_ct.nii.gz")

    assert axes_code(nifti.grid) == "RAS"
    turned = reorient(nifti, "LPS")
    # The NIfTI header holds the spacing as float32.
    assert turned.grid.matches(dicom.grid, tolerance_mm=1e-4)
    assert torch.equal(turned.voxels, dicom.voxels)


@pytest.mark.parametrize(
    ("dates", "date"),
    [({"0008|0020": "20260101", "0008|0022": "20260314"}, "2026-03-14"),
     ({"0008|0020": "20260101", "0008|0022": ""}, "2026-01-01"),
     ({"0008|0020": "00000000"}, "None")],
)  # fmt: skip
def test_the_date_is_the_one_closest_to_the_scan(tmp_path, volume, dates, date):
    _write_series(tmp_path, volume, dates=dates)

    assert str(scan_date(tmp_path)) == date


def test_the_date_is_that_of_the_chosen_series(tmp_path, volume):
    _write_series(tmp_path, volume, dates={"0008|0022": "20260314"})
    _write_series(tmp_path, volume, uid=SECOND, dates={"0008|0022": "20270401"})

    assert str(scan_date(tmp_path, series_uid=SECOND)) == "2027-04-01"


def test_a_file_has_no_date(tmp_path):
    (tmp_path / "scan.nii.gz").touch()

    assert scan_date(tmp_path / "scan.nii.gz") is None
