"""STUDY.toml, and one sentence for whatever is wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from vpreg.lesions.study.reading import read_study
from vpreg.lesions.study.study import PieceRule

POINT = '[[time_point]]\ndate = {}\nscan = "a.nii.gz"\nsegmentation = "b.nii.gz"\n'


@pytest.fixture
def study(tmp_path: Path):
    for name in ("a.nii.gz", "b.nii.gz", "c.nii.gz"):
        (tmp_path / name).touch()

    def write(text: str) -> Path:
        path = tmp_path / "STUDY.toml"
        path.write_text(text)
        return path

    return write


def two(*days: str, more: str = "") -> str:
    return more + "".join(POINT.format(day) for day in days)


def test_a_study_is_read_with_all_that_it_says(study):
    text = two("2021-01-01", '"2021-04-01"', more='title = "P"\nlesions = "labels"\n')
    text += "[[same]]\n2021-01-01 = 1\n2021-04-01 = [1, 2]\n"
    text += "[[different]]\n2021-01-01 = [1.0, 2.0, 3.5]\n2021-04-01 = 3\n"
    text += '[response]\nnew_lesions_looked_for = true\norgan_of = { L1 = "liver" }\n'

    found = read_study(study(text))

    assert found.names == ("2021-01-01", "2021-04-01")
    assert found.time_points[1].day - found.time_points[0].day == 90
    assert (found.title, found.piece_rule) == ("P", PieceRule.LABELS)
    assert found.corrections.same == ({"2021-01-01": (1,), "2021-04-01": (1, 2)},)
    assert found.corrections.different[0]["2021-01-01"] == ((1.0, 2.0, 3.5),)
    assert found.facts.new_lesions_looked_for is True
    assert found.facts.organ_of == {"L1": "liver"}


def test_time_points_in_another_order_are_sorted_and_nothing_is_lost(study):
    found = read_study(study(two("2021-04-01", "2021-01-01", "2021-02-01")))

    assert found.names == ("2021-01-01", "2021-02-01", "2021-04-01")
    assert "have been sorted" in found.notes[0]
    assert "baseline is 2021-01-01" in found.notes[0]


def test_days_stand_in_for_dates_that_were_removed(study):
    text = two("1", "2").replace("date = 1", "day = 0").replace("date = 2", "day = 90")

    found = read_study(study(text))

    assert found.names == ("day 0", "day 90")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (two("2021-01-01"), "at least two time points"),
        (two("2021-01-01", "2021-01-01"), "a date of its own"),
        (two("2021-01-01", "2021-01-02").replace("date = 2021-01-02\n", ""), "date is missing"),
        (two("2021-01-01", '"yesterday"'), "year-month-day"),
        (two("2021-01-01", "7"), "year-month-day"),
        (two("2021-01-01", "0099-01-01"), "no scan is from"),
        (two("2021-01-01", "2021-01-02").replace("date = 2021-01-02", "day = 2"), "or all a day"),
        (two("2021-01-01", "2021-01-02").replace("b.nii", "x.nii"), "does not exist"),
        (two("2021-01-01", "2021-01-02").replace("segmentation =", "segmentaton ="), "Write 'seg"),
        (two("2021-01-01", "2021-01-02", more="[["), "no valid TOML"),
        ("title = 'x'", "there are none"),
        (two("2021-01-01", "2021-01-02", more="lesions = 'some'\n"), "Choose lesions from auto"),
        (two("2021-01-01", "2021-01-02", more="tumor_labels = [0]\n"), "from 1 on"),
        (two("2021-01-01", "2021-01-02") + "[[same]]\n2022-01-01 = 1\n", "date of a time point"),
        (two("2021-01-01", "2021-01-02") + "[[same]]\n2021-01-01 = 1\n", "at least two pieces"),
        (two("2021-01-01", "2021-01-02") + "[response]\nnew_lesions_looked_for = 1\n", "true or"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(study, text, said):
    with pytest.raises(ValueError, match=said):
        read_study(study(text))


def test_a_path_that_is_no_study_is_refused(tmp_path: Path):
    (tmp_path / "scan.nii.gz").touch()

    with pytest.raises(ValueError, match="neither"):
        read_study(tmp_path / "scan.nii.gz")
    with pytest.raises(ValueError, match="does not exist"):
        read_study(tmp_path / "nothing")
