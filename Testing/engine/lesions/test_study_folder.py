"""A folder as a study."""

from __future__ import annotations

from pathlib import Path

import pytest
import SimpleITK

from vpreg.lesions.study.reading import read_study
from vpreg.lesions.study.scan_dates import date_in_name


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def write_dicom(folder: Path, day: str) -> None:
    folder.mkdir(parents=True)
    image = SimpleITK.GetImageFromArray(SimpleITK.GetArrayFromImage(SimpleITK.Image(8, 8, 1, 2)))
    for tag, value in {"0008|0060": "CT", "0020|000e": "1.2.3", "0008|0022": day}.items():
        image.SetMetaData(tag, value)
    SimpleITK.WriteImage(image, str(folder / "1.dcm"))


def test_files_with_dates_in_their_names_are_paired(tmp_path: Path):
    touch(tmp_path, "2021-04-01_t1.nii.gz", "2021-04-01_tumor.nii.gz")
    touch(tmp_path, "20210101_t1.nii.gz", "20210101_seg.nii.gz", "20210101_brain_mask.nii.gz")

    found = read_study(tmp_path)

    assert found.names == ("2021-01-01", "2021-04-01")
    assert found.time_points[0].scan.name == "20210101_t1.nii.gz"
    assert found.time_points[0].organ.name == "20210101_brain_mask.nii.gz"
    assert [path.name for path in found.time_points[1].segmentations] == ["2021-04-01_tumor.nii.gz"]


def test_dates_come_from_dicom_headers(tmp_path: Path):
    for name, day in (("first", "20210101"), ("second", "20210301")):
        write_dicom(tmp_path / name / "series", day)
        touch(tmp_path, f"{name}/lesions.nrrd")

    found = read_study(tmp_path)

    assert found.names == ("2021-01-01", "2021-03-01")
    assert found.time_points[0].scan.name == "series"


def test_a_study_file_in_the_folder_comes_first(tmp_path: Path):
    (tmp_path / "STUDY.toml").write_text("title = 'x'")

    with pytest.raises(ValueError, match=r"STUDY\.toml"):
        read_study(tmp_path)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("pre_t1.nii.gz", "pre_mask.nii.gz"), "no date was found for pre_mask"),
        (("pre/t1.nii.gz", "pre/mask.nii.gz"), "no date was found for pre"),
        (("2021-01-01_t1.nii.gz", "2021-02-01_t1.nii.gz"), "what is what on 2021-01-01"),
        (("2021-01-01_a.nii.gz", "2021-01-01_b.nii.gz", "2021-01-01_seg.nii.gz"), "one scan"),
        (("notes.txt",), "has none"),
    ],
)
def test_what_is_missing_in_a_folder_is_said(tmp_path: Path, names, said):
    touch(tmp_path, *names)

    with pytest.raises(ValueError, match=said):
        read_study(tmp_path)


def test_a_name_with_two_dates_or_none_has_no_date():
    assert date_in_name("2021-01-01_to_2021-02-01.nii.gz") is None
    assert date_in_name("1.2.840.20211301.nii") is None
    assert date_in_name("P07_2021_02_28_seg").isoformat() == "2021-02-28"
