"""Landmark files."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from vpreg.images.landmarks import read_landmarks

POINTS_LPS = [[1.0, 2.0, 3.0], [-4.5, 5.0, 6.0]]


@pytest.mark.parametrize("header", ["", "x,y,z\n"])
def test_a_table_is_read_with_and_without_a_header(tmp_path: Path, header: str) -> None:
    path = tmp_path / "points.csv"
    path.write_text(header + "1,2,3\n-4.5,5,6\n")

    np.testing.assert_array_equal(read_landmarks(path), POINTS_LPS)


@pytest.mark.parametrize(("system", "sign"), [("LPS", 1), ("RAS", -1)])
def test_slicer_markups_come_out_in_lps(tmp_path: Path, system: str, sign: int) -> None:
    points = [{"position": [sign * x, sign * y, z]} for x, y, z in POINTS_LPS]
    path = tmp_path / "points.mrk.json"
    path.write_text(
        json.dumps({"markups": [{"coordinateSystem": system, "controlPoints": points}]})
    )

    np.testing.assert_array_equal(read_landmarks(path), POINTS_LPS)


@pytest.mark.parametrize(
    "content", ["", "1,2\n", "1,2,3\n4,5\n", "1,2,nan\n", "x,y,z\n", "a,b,c\nd,e,f\n"]
)
def test_a_table_that_holds_no_points_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "points.csv"
    path.write_text(content)

    with pytest.raises(ValueError, match=r"points\.csv"):
        read_landmarks(path)


@pytest.mark.parametrize("content", ["", "{}", '{"markups": []}', '{"markups": [{}]}'])
def test_markups_without_points_are_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "points.mrk.json"
    path.write_text(content)

    with pytest.raises(ValueError, match=r"points\.mrk\.json"):
        read_landmarks(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is no file"):
        read_landmarks(tmp_path / "points.csv")
