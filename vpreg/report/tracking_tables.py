"""The table of lesions, with its two kinds of numbers under two headings."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from vpreg.lesions.tracking import Row, Tracking
from vpreg.report.tracking_words import (
    UNKNOWN,
    became,
    diameters,
    pace,
    relative,
    size,
    stsr,
    volume,
)

MEASURED = "Measured on the segmentation of each date"
ALIGNED = "Property of the alignment (not of the tumor)"
_MEASURED_HEAD = (
    "What became of it",
    "Volume, ml",
    "Longest axial \u00d7 perpendicular, mm",
    "Since baseline",
    "Since smallest",
    "Since last date",
    "Pace since last date",
)
_ALIGNED_HEAD = ("STSR soft", "STSR hard", "Size after it, ml", "After similarity-only, ml")
NOTE = (
    "± is what the size of the voxels leaves open (right in at least 93 of 100 cases), not the "
    "reader's own spread; changes in brackets lie within it. STSR 1 means that the alignment kept "
    "the size of the lesion; it does not mean stable disease. The last column is what the volume "
    "would have read after an alignment that only makes the scans alike."
)


def lesion_table(tracking: Tracking, lesions: Sequence[str]) -> str:
    """Return the table of the lesions named, as HTML."""
    body = "".join(
        _line(row, tracking) for name in lesions for row in tracking.rows if row.lesion == name
    )
    head = (
        f'<tr><th colspan="2"></th><th colspan="{len(_MEASURED_HEAD)}">{MEASURED}</th>'
        f'<th class="aligned" colspan="{len(_ALIGNED_HEAD)}">{ALIGNED}</th></tr><tr>'
        + "".join(f"<th>{escape(words)}</th>" for words in ("Lesion", "Date", *_MEASURED_HEAD))
        + "".join(f'<th class="aligned">{escape(words)}</th>' for words in _ALIGNED_HEAD)
        + "</tr>"
    )
    return (
        f'<div class="scroll"><table class="figures"><thead>{head}</thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _line(row: Row, tracking: Tracking) -> str:
    changes = row.changes
    measured = (
        volume(row),
        diameters(row),
        relative(changes.since_baseline),
        relative(changes.since_nadir),
        relative(changes.since_previous),
        pace(changes.since_previous),
    )
    return (
        f"<tr><th>{row.lesion if row.time == 0 else ''}</th>"
        f"<td>{escape(tracking.study.names[row.time])}</td>"
        f'<td class="words">{escape(became(row))}</td>'
        + "".join(f"<td>{escape(words)}</td>" for words in measured)
        + "".join(f'<td class="aligned">{escape(words)}</td>' for words in _aligned(row))
        + "</tr>"
    )


def _aligned(row: Row) -> tuple[str, ...]:
    figures = row.alignment
    if figures is None:
        return (UNKNOWN,) * len(_ALIGNED_HEAD)
    hard = stsr(figures.kept.stsr_hard)
    reliable = figures.kept.hard_is_reliable or figures.kept.stsr_hard is None
    return (
        stsr(figures.kept.stsr_soft),
        hard if reliable else f"({hard})",
        size(figures.kept),
        size(figures.similarity_only),
    )
