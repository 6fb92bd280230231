"""Bring time points into the order of time, and say what was wrong with their dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from vpreg.lesions.study.study import TimePoint

_EARLIEST, _LATEST = date(1970, 1, 1), date(2200, 1, 1)


def day_of(when: date) -> int:
    """Return the number of a day; differences are days."""
    return when.toordinal()


def check_date(when: date, *, name: str) -> None:
    """Raise ValueError for a date that no scan can have."""
    if not _EARLIEST <= when <= _LATEST:
        msg = f"Correct the date of {name}: no scan is from {when.isoformat()}."
        raise ValueError(msg)


def in_order(points: Sequence[TimePoint]) -> tuple[tuple[TimePoint, ...], tuple[str, ...]]:
    """Sort by day, and note it where the given order was another.

    ValueError for fewer than two time points, and for two on one day.
    """
    if len(points) < 2:
        msg = f"Give at least two time points to follow lesions over time: there is {len(points)}."
        raise ValueError(msg)
    ordered = tuple(sorted(points, key=lambda point: point.day))
    for earlier, later in pairwise(ordered):
        if earlier.day == later.day:
            both = f"{earlier.scan.name} and {later.scan.name}"
            msg = f"Give each time point a date of its own: {both} are both of {later.name}."
            raise ValueError(msg)
    if list(ordered) == list(points):
        return ordered, ()
    note = (
        "The time points were not in the order of their dates and have been sorted: "
        f"{', '.join(point.name for point in ordered)}. The baseline is {ordered[0].name}."
    )
    return ordered, (note,)
