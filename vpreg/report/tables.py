"""The tables of the page: every figure that is known, in words and with its unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from vpreg.recipes.result import Result
from vpreg.report.columns import shown_alignments
from vpreg.report.kept_size import (
    LEAST_VOXELS,
    kept_of_lesion,
    kept_of_tumor,
    large_enough,
    lesions,
)
from vpreg.report.numerals import (
    Figures,
    count,
    look_up,
    millilitres,
    number,
    percent,
    plain,
)
from vpreg.report.scan_names import scan_names

STSR_NOTE = "STSR is a property of the alignment; 1 does not mean stable disease."
_MOST_LESIONS = 20

Reading = Callable[[Figures], str | None]


@dataclass(frozen=True)
class Row:
    """A label and one text for each column; None stays empty."""

    label: str
    cells: list[str | None]


@dataclass(frozen=True)
class Table:
    """Rows below a heading; `note` is what keeps a reader from misreading them."""

    title: str
    head: list[str]
    rows: list[Row]
    note: str = ""
    folded: bool = field(default=False)


def figure_tables(result: Result) -> list[Table]:
    """Return the tables of figures, without rows of which nothing is known."""
    measured = [result.figures.get(one.figures_key) or {} for one in shown_alignments(result)]
    head = [one.title for one in shown_alignments(result)]
    tables = [
        Table("Tumor size under the alignment", head, _size_rows(measured), STSR_NOTE),
        Table("Volumes as segmented", ["Volume"], _volume_rows(result), _VOLUME_NOTE),
        Table("Match of the scans", head, _rows(measured, _MATCH), _MATCH_NOTE),
        Table("Deformation", head, _rows(measured, _FIELD), _FIELD_NOTE),
    ]
    return [table for table in tables if table.rows]


_VOLUME_NOTE = (
    "Measured on each scan itself: growth is read here, not from a tumor that was warped."
)
_MATCH_NOTE = "1 is a perfect match. Inside the mask a lower figure is the price of keeping sizes."
_FIELD_NOTE = "Measured inside the organ where it is known. No voxel should fold."


def _size_rows(measured: list[Figures]) -> list[Row]:
    by_lesion = [large_enough(lesions(figures))[:_MOST_LESIONS] for figures in measured]
    several = max((len(lesions(figures)) for figures in measured), default=0) > 1
    stsr = _STSR_OF_SEVERAL if several else _STSR_OF_ONE
    rows = _rows(measured, {**_KEPT, **stsr, **_ORGAN})
    if several:
        for nth in range(min(map(len, by_lesion))):
            before = millilitres(by_lesion[0][nth].get("volume_moving_mm3"))
            cells = [_lesion_cell(found[nth]) for found in by_lesion]
            rows.append(Row(f"Lesion {nth + 1} ({before})", cells))
        rows += _not_listed(measured, by_lesion)
    return rows


def _not_listed(measured: list[Figures], listed: list[list[Figures]]) -> list[Row]:
    more = [str(len(lesions(f)) - len(rows)) for f, rows in zip(measured, listed, strict=True)]
    label = f"Lesions not listed (specks below {LEAST_VOXELS} voxels, or beyond {_MOST_LESIONS})"
    return [Row(label, list(more))] if set(more) != {"0"} else []


def _lesion_cell(row: Figures) -> str | None:
    kept, stsr = percent(kept_of_lesion(row)), plain(row.get("stsr_soft"))
    return None if kept is None else f"{kept}, STSR {stsr}"


def _share(volume: float | None, *, of: float | None) -> str | None:
    return percent(volume / of) if volume and of else None


def _volume_rows(result: Result) -> list[Row]:
    figures = result.figures.get("final")
    moving = _sum_of(look_up(figures, "tumor", "stsr", "lesions"), "volume_moving_mm3")
    fixed = _fixed_tumor_mm3(result)
    mask = number(look_up(result.figures, "mask", "volume_ml"))
    share, names = _share(moving, of=fixed), scan_names(result.provenance)
    rows = [
        Row(f"Tumor in the {names.fixed}", [millilitres(fixed)]),
        Row(f"Tumor in the {names.moving}", [millilitres(moving)]),
        Row(f"Size in the {names.moving}, of that in the {names.fixed}", [share]),
        Row(
            "Soft mask, not an outline of the tumor",
            [None if mask is None else millilitres(1000 * mask)],
        ),
    ]
    return [row for row in rows if row.cells[0] is not None]


def _sum_of(rows: Figures, key: str) -> float | None:
    values = [number(row.get(key)) for row in rows or []]
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _fixed_tumor_mm3(result: Result) -> float | None:
    if result.fixed_tumor is None:
        return None
    voxels = int((result.fixed_tumor.voxels != 0).sum())
    return voxels * result.fixed_tumor.grid.voxel_volume_mm3


def _rows(measured: list[Figures], readings: dict[str, Reading]) -> list[Row]:
    rows = [Row(label, [read(figures) for figures in measured]) for label, read in readings.items()]
    return [row for row in rows if any(cell is not None for cell in row.cells)]


def _stsr(kind: str, which: str) -> Reading:
    return lambda figures: plain(look_up(figures, "tumor", kind, which))


def _of_lesions(
    key: str, choose: Callable[[list[float]], float], *, reliable: bool = False
) -> Reading:
    """Read a figure over all lesions that are large enough for it."""

    def read(figures: Figures) -> str | None:
        rows = large_enough(lesions(figures))
        values = [number(row.get(key)) for row in rows if row["hard_is_reliable"] or not reliable]
        known = [value for value in values if value is not None]
        return plain(choose(known)) if known else None

    return read


def _similarity(key: str) -> Reading:
    return lambda figures: plain(look_up(figures, "similarity", key))


def _by_region(key: str) -> Reading:
    return lambda figures: plain(look_up(figures, "similarity_by_region", key))


def _folded(figures: Figures) -> str | None:
    return count(look_up(figures, "field", "folded_voxels"))


def _length(key: str) -> Reading:
    def read(figures: Figures) -> str | None:
        found = plain(look_up(figures, "field", key), 1)
        return None if found is None else f"{found} mm"

    return read


def _size_from_determinant(key: str) -> Reading:
    def read(figures: Figures) -> str | None:
        found = number(look_up(figures, "field", key))
        if found is None:
            return None
        return percent(1 / found) if found > 0 else "folded"

    return read


_KEPT: dict[str, Reading] = {
    "Size that the tumor keeps, relative to the organ": lambda f: percent(kept_of_tumor(f)),
}
_STSR_OF_ONE: dict[str, Reading] = {
    "STSR, soft volumes": _stsr("soft", "worst"),
    "STSR, hard volumes as in the paper": _stsr("hard", "worst"),
}
_STSR_OF_SEVERAL: dict[str, Reading] = {
    "STSR soft, median of the lesions": _of_lesions("stsr_soft", median),
    "STSR soft, worst lesion": _of_lesions("stsr_soft", max),
    "STSR hard, median of lesions of 100 voxels": _of_lesions("stsr_hard", median, reliable=True),
    "STSR hard, worst lesion of 100 voxels": _of_lesions("stsr_hard", max, reliable=True),
}
_ORGAN: dict[str, Reading] = {
    "Organ ratio, size after ÷ before": lambda f: plain(
        look_up(f, "tumor", "stsr", "organ_ratio_soft")
    ),
}
_MATCH: dict[str, Reading] = {
    "Local correlation², outside the mask": _by_region("outside_mask"),
    "Local correlation², inside the mask": _by_region("inside_mask"),
    "Local correlation², whole view": _similarity("mean_local_ncc_squared"),
    "Correlation, whole view": _similarity("ncc"),
}
_FIELD: dict[str, Reading] = {
    "Folded voxels": _folded,
    "Strongest shrinkage, of a voxel's size": _size_from_determinant("largest_determinant"),
    "Strongest growth, of a voxel's size": _size_from_determinant("smallest_determinant"),
    "Mean displacement": _length("mean_displacement_mm"),
    "Largest displacement": _length("largest_displacement_mm"),
}
