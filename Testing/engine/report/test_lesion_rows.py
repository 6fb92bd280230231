"""Specks, whose size is no measure, do not fill the table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from vpreg.recipes.result import Result
from vpreg.report.tables import figure_tables


def lesion(voxels: int, soft: float, hard: float | str) -> dict[str, Any]:
    return {
        "state": "measured",
        "voxels_moving": voxels,
        "volume_moving_mm3": 1.0 * voxels,
        "volume_warped_mm3": 1.0 * voxels,
        "volume_ratio": 1.0,
        "organ_ratio": 1.0,
        "stsr_soft": soft,
        "stsr_hard": hard,
        "hard_is_reliable": voxels >= 100,
    }


def size_rows(result: Result, *rows: dict[str, Any]) -> dict[str, list[str | None]]:
    figures = {"tumor": {"stsr": {"lesions": list(rows), "organ_ratio_soft": 1.0}}}
    measured = replace(result, figures={"final": figures, "similarity_only": figures})
    (table,) = [t for t in figure_tables(measured) if t.title == "Tumor size under the alignment"]
    return {row.label: row.cells for row in table.rows}


def test_specks_are_counted_and_not_listed(result: Result) -> None:
    rows = size_rows(result, lesion(500, 1.01, 1.02), lesion(40, 1.1, 1.5), lesion(3, 4.0, "inf"))

    assert [label for label in rows if label.startswith("Lesion ")] == [
        "Lesion 1 (0.50 ml)", "Lesion 2 (0.04 ml)"
    ]  # fmt: skip
    (left_out,) = [cells for label, cells in rows.items() if label.startswith("Lesions not listed")]
    assert left_out == ["1", "1"]


def test_specks_do_not_make_the_worst_lesion(result: Result) -> None:
    rows = size_rows(result, lesion(500, 1.01, 1.02), lesion(40, 1.1, 1.5), lesion(3, 4.0, "inf"))

    assert rows["STSR soft, worst lesion"] == ["1.100", "1.100"]
    assert rows["STSR hard, worst lesion of 100 voxels"] == ["1.020", "1.020"]


def test_where_all_lesions_are_specks_they_are_listed(result: Result) -> None:
    rows = size_rows(result, lesion(5, 1.3, 2.0), lesion(3, 1.2, 2.0))

    assert len([label for label in rows if label.startswith("Lesion ")]) == 2
    assert not [label for label in rows if label.startswith("Lesions not listed")]
