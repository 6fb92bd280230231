"""Figures of a tracking in words."""

from __future__ import annotations

from collections.abc import Sequence

from vpreg.lesions.alignment_figures import AlignedSize
from vpreg.lesions.growth import Change
from vpreg.lesions.lesion import Event, Lesion
from vpreg.lesions.tracking import Row, Tracking

UNKNOWN = "\u2013"


def volume(row: Row) -> str:
    """Write a volume with its uncertainty."""
    if row.appearance.event is Event.VANISHED:
        return "0"
    if row.measurement is None:
        return UNKNOWN
    one = row.measurement.volume
    digits = 1 if one.ml >= 10 else 2 if one.ml >= 0.1 else 3
    return f"{one.ml:.{digits}f} \u00b1 {one.uncertainty_ml:.{digits}f}"


def diameters(row: Row) -> str:
    """Write both diameters."""
    one = row.measurement
    return UNKNOWN if one is None else f"{one.longest_mm:.1f} \u00d7 {one.perpendicular_mm:.1f}"


def relative(change: Change | None) -> str:
    """Write a change as a share, marked where the voxels cannot tell it."""
    if change is None:
        return UNKNOWN
    share = f"{change.ml:+.2f} ml" if change.relative is None else f"{change.relative:+.0%}"
    return f"({share})" if change.is_within_uncertainty else share


def pace(change: Change | None) -> str:
    """Write the doubling or the halving time."""
    if change is None:
        return UNKNOWN
    if change.is_within_uncertainty:
        return "within uncertainty"
    if change.doubling_days is not None:
        return f"doubles in {days(change.doubling_days)}"
    if change.halving_days is not None:
        return f"halves in {days(change.halving_days)}"
    return UNKNOWN


def days(count: float) -> str:
    """Write a span of time."""
    return f"{count:.0f} days" if count < 1000 else f"{count / 365.25:.1f} years"


def became(row: Row) -> str:
    """Write what became of a lesion."""
    others = ", ".join(row.appearance.others)
    event: Event = row.appearance.event
    if event is Event.MERGED:
        return f"merged with {others}"
    if event is Event.ABSORBED:
        return f"merged into {others}"
    if event is Event.SPLIT:
        return f"split into {len(row.appearance.pieces)} pieces"
    return str(event.value)


def size(aligned: AlignedSize | None) -> str:
    """Write what a lesion measures after an alignment."""
    if aligned is None:
        return UNKNOWN
    return "out of view" if aligned.ml is None else f"{aligned.ml:.2f}"


def stsr(value: float | None) -> str:
    """Write an STSR."""
    return UNKNOWN if value is None else f"{value:.3f}"


def headline(tracking: Tracking) -> str:
    """Say in a sentence or two what the largest lesion did, and what came and went."""
    first = max(tracking.lesions, key=lambda one: _peak(tracking, one.name))
    last = len(tracking.visits) - 1
    row = tracking.row(first.name, last)
    plain = [one for one in tracking.lesions if not tracking.is_speck(one.name)]
    specks = len(tracking.lesions) - len(plain)
    lesions = f"{_counted(len(plain), 'lesion')} on {last + 1} dates"
    if specks:
        lesions += f", and {_counted(specks, 'speck')} that the voxels alone could have made"
    spoken = f"{lesions}. {_said(row)}"
    counts = [
        (sum(one.is_new for one in plain), "new since the baseline"),
        (_count(plain, Event.VANISHED), "vanished"),
        (_count(plain, Event.ABSORBED), "merged into another"),
    ]
    rest = ", ".join(f"{count} {words}" for count, words in counts if count)
    return f"{spoken} {rest}." if rest else spoken


def _said(row: Row) -> str:
    change = row.changes.since_baseline
    if row.appearance.event is Event.VANISHED:
        return f"The largest, {row.lesion}, vanished."
    if change is None or change.relative is None:
        return f"The largest, {row.lesion}, is {became(row)}."
    if change.is_within_uncertainty:
        return f"The largest, {row.lesion}, changed less than its voxels can tell."
    verb = "grew" if change.ml > 0 else "shrank"
    taken = " with what merged into it" if row.appearance.event is Event.MERGED else ""
    return f"The largest, {row.lesion}{taken}, {verb} by {abs(change.relative):.0%}."


def _peak(tracking: Tracking, name: str) -> float:
    found = [row.measurement for row in tracking.rows if row.lesion == name]
    return max((one.volume.ml for one in found if one is not None), default=0.0)


def _count(lesions: Sequence[Lesion], event: Event) -> int:
    return sum(one.appearances[-1].event is event for one in lesions)


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
