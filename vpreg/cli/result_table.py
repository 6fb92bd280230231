"""The figures of a registration that a person needs first, as one short table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.table import Table

Figures = Mapping[str, Any]

LEAST_VOXELS = 12
MOST_LESIONS = 8
TITLES = {"similarity_only": "Similarity only", "final": "Volume preserving"}


def result_table(figures: Figures) -> Table:
    """Build the table: sizes of each lesion, then what the alignments are worth."""
    columns = [name for name in TITLES if figures.get(name)]
    titles = TITLES if len(columns) > 1 else {"final": "Result"}
    table = Table(title="What each alignment does to the tumor and to the rest")
    table.add_column("")
    for name in columns:
        table.add_column(titles[name], justify="right")
    for title, read in _rows(figures[columns[-1]]):
        table.add_row(title, *(read(figures[name]) for name in columns))
    return table


def _rows(sample: Figures) -> list[tuple[str, Any]]:
    rows = []
    listed = _listed(sample)
    for index, lesion in listed:
        segmented = f"{lesion['volume_moving_mm3'] / 1000:.1f} ml"
        name = f"Tumor {lesion['label']}, segmented {segmented}: after alignment"
        rows.append((name, _of_lesion(index, "volume_warped_mm3", _ml)))
        title = f"Tumor {lesion['label']}: STSR (1 = size kept; not a sign of stable disease)"
        rows.append((title, _of_lesion(index, "stsr_soft", _three)))
    if more := len(_lesions(sample)) - len(listed):
        rows.append(
            (f"Lesions not listed: {more} (specks, or beyond {MOST_LESIONS})", lambda _: "")
        )
    rows.append(("Local similarity outside the mask (0 to 1)", _outside))
    rows.append(("Folded voxels", lambda one: str(one["field"]["folded_voxels"])))
    return rows


def _lesions(one: Figures) -> list[Figures]:
    tumor = one.get("tumor")
    return list(tumor["stsr"]["lesions"]) if tumor else []


def _listed(one: Figures) -> list[tuple[int, Figures]]:
    """Return the largest lesions with their places, without specks, whose size is no measure."""
    rows = sorted(enumerate(_lesions(one)), key=lambda row: -row[1]["volume_moving_mm3"])
    large = [row for row in rows if row[1].get("voxels_moving", LEAST_VOXELS) >= LEAST_VOXELS]
    return (large or rows)[:MOST_LESIONS]


def _of_lesion(index: int, name: str, write: Any) -> Any:  # noqa: ANN401 - a reader of JSON
    return lambda one: write(_lesions(one)[index][name])


def _ml(volume_mm3: float | None) -> str:
    return "?" if volume_mm3 is None else f"{volume_mm3 / 1000:.1f} ml"


def _three(value: float | str | None) -> str:
    return f"{value:.3f}" if isinstance(value, int | float) else str(value or "?")


def _outside(one: Figures) -> str:
    return _three(one["similarity_by_region"]["outside_mask"])
