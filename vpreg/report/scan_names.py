"""What a reader calls the two scans: by their dates, where these are known."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vpreg.recipes.result import Provenance

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class ScanNames:
    """Two names that fit after "the"."""

    fixed: str = "fixed scan"
    moving: str = "moving scan"


def scan_names(made: Provenance) -> ScanNames:
    """Return the names; roles and not dates where the dates do not tell the scans apart."""
    fixed, moving = (_in_words(made.scan_dates.get(name)) for name in ("fixed", "moving"))
    if fixed is None or moving is None or fixed == moving:
        return ScanNames()
    return ScanNames(f"scan of {fixed}", f"scan of {moving}")


def date_of(made: Provenance, which: str) -> str | None:
    """Return the date of the "fixed" or "moving" scan in words."""
    return _in_words(made.scan_dates.get(which))


def _in_words(date: str | None) -> str | None:
    """Write 2026-03-14 as 14 Mar 2026, which no country reads in another order."""
    if date is None:
        return None
    day = dt.date.fromisoformat(date)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
