"""The table node: what was measured, and what the alignment did, under two headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slicer.i18n import tr as _

from VolumePreservingRegLib.scene.table_columns import add_column
from VolumePreservingRegLib.timeline.columns import columns
from VolumePreservingRegLib.timeline.figures import Figures
from VolumePreservingRegLib.timeline.review import NOTHING, Reviews

OUTDATED = "outdated"
Place = tuple[float, float, float]


def fill_table(
    table: Any, rows: Sequence[Figures], places: Mapping[tuple[str, str], Place], reviews: Reviews
) -> None:
    """Fill a table node, one row a lesion and time point."""
    values = [_values(row, places.get(row.at), reviews.get(row.at, NOTHING)) for row in rows]
    table.SetUseColumnTitleAsColumnHeader(True)
    table.SetLocked(True)
    for name, column in columns().items():
        add_column(table, column, [value[name] for value in values])


def show_reviews(table: Any, rows: Sequence[Figures], reviews: Reviews) -> None:
    """Write what the reader said into a filled table."""
    for index, row in enumerate(rows):
        review = reviews.get(row.at, NOTHING)
        _set(table, index, "Review", review.verdict.value)
        _set(table, index, "Comment", review.comment)
    table.Modified()


def show_outdated(table: Any, outdated: Sequence[bool]) -> None:
    """Mark the rows that no longer go with their inputs."""
    for index, is_outdated in enumerate(outdated):
        _set(table, index, "State", OUTDATED if is_outdated else "")
    table.Modified()


def event_words(row: Figures) -> str:
    """Say what became of a lesion."""
    return f"{row.event} ({', '.join(row.others)})" if row.others else row.event


def _set(table: Any, row: int, name: str, text: str) -> None:
    table.GetTable().GetColumnByName(name).SetValue(row, text)


def _values(row: Figures, place: Place | None, review: Any) -> dict[str, Any]:
    return {
        "Lesion": row.lesion,
        "TimePoint": row.timePoint,
        "Day": row.day,
        "Event": event_words(row),
        "VolumeMl": _text(row.ml, 4),
        "UncertaintyMl": _text(row.uncertaintyMl, 4),
        "LongestMm": _text(row.longestMm, 1),
        "AcrossMm": _text(row.perpendicularMm, 1),
        "SinceBaselinePercent": _percent(row.sinceBaseline),
        "SinceNadirPercent": _percent(row.sinceNadir),
        "Within": _("yes") if row.isWithinUncertainty else "",
        "DoublingDays": _text(row.doublingDays, 0),
        "HalvingDays": _text(row.halvingDays, 0),
        "StsrSoft": _text(row.stsrSoft, 3),
        "StsrHard": _text(row.stsrHard, 3),
        "AlignedMl": _text(row.alignedMl, 4),
        "SimilarityOnlyMl": _text(row.alignedSimilarityOnlyMl, 4),
        **{f"Place{a}": place[n] if place else None for n, a in enumerate("RAS")},
        "Review": review.verdict.value,
        "Comment": review.comment,
        "State": "",
    }


def _text(value: float | None, digits: int) -> str:
    """Write a number, or nothing where there is none: Slicer's table view would say nan."""
    if value is None:
        return ""
    return str(round(value, digits)) if digits else str(round(value))


def _percent(value: float | None) -> str:
    return _text(None if value is None else 100 * value, 1)
