"""Scans are called by their dates where these are known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from vpreg.recipes.result import Result
from vpreg.report.page import page_data
from vpreg.report.scan_names import ScanNames, scan_names


def dated(result: Result, **dates: str) -> Result:
    return replace(result, provenance=replace(result.provenance, scan_dates=dates))


def rows_of(data: dict[str, Any], title: str) -> dict[str, list[str]]:
    (table,) = [table for table in data["tables"] if table["title"] == title]
    return {row["label"]: row["cells"] for row in table["rows"]}


@pytest.mark.parametrize(
    ("dates", "names"),
    [
        ({"fixed": "2026-01-02", "moving": "2026-03-14"}, ("scan of 2 Jan 2026", "14 Mar 2026")),
        ({"fixed": "2026-01-02"}, ("fixed scan", "moving scan")),
        ({"fixed": "2026-01-02", "moving": "2026-01-02"}, ("fixed scan", "moving scan")),
    ],
)
def test_dates_take_the_place_of_roles_where_they_tell_the_scans_apart(
    result: Result, dates: dict[str, str], names: tuple[str, str]
) -> None:
    found = scan_names(dated(result, **dates).provenance)

    assert found.fixed == names[0]
    assert found.moving.endswith(names[1])


def test_the_dates_stand_above_the_pictures_and_in_the_tables(result: Result) -> None:
    data = page_data(dated(result, fixed="2026-03-14", moving="2026-01-02"))

    assert [column["title"] for column in data["columns"]] == [
        "Scan of 14 Mar 2026", "Scan of 2 Jan 2026, rough alignment",
        "Similarity-only", "Volume-preserving",
    ]  # fmt: skip
    assert "Tumor in the scan of 2 Jan 2026" in rows_of(data, "Volumes as segmented")
    assert rows_of(data, "How it was made")["Fixed scan"][0].endswith(", 14 Mar 2026")


def test_the_size_of_one_scan_is_read_off_against_the_other(result: Result) -> None:
    # The tumor of this phantom has 14 ml in the moving scan and 7 ml in the fixed one.
    rows = rows_of(page_data(result), "Volumes as segmented")

    share = rows["Size in the moving scan, of that in the fixed scan"][0]
    fixed, moving = (
        float(rows[f"Tumor in the {name}"][0].removesuffix(" ml"))
        for name in (ScanNames().fixed, ScanNames().moving)
    )
    assert float(share.removesuffix(" %")) == pytest.approx(100 * moving / fixed, rel=0.02)
    assert float(share.removesuffix(" %")) == pytest.approx(200, rel=0.05)


def test_without_both_tumors_no_size_is_compared(result: Result) -> None:
    rows = rows_of(page_data(replace(result, fixed_tumor=None)), "Volumes as segmented")

    assert not [label for label in rows if label.startswith("Size in")]
