"""Write figures as a reader wants them; None is what is not known and is left out."""

from __future__ import annotations

import math
from typing import Any

Figures = Any
"""Parsed JSON: dicts, lists, text, numbers, None, and "inf" for infinity."""


def look_up(figures: Figures, *path: str) -> Figures:
    """Follow keys into nested dicts; None as soon as one is missing."""
    for key in path:
        if not isinstance(figures, dict):
            return None
        figures = figures.get(key)
    return figures


def number(value: Figures) -> float | None:
    """Return a figure as a float; None if it is missing, not a number, or NaN."""
    if value in ("inf", "-inf"):
        return float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return None if math.isnan(value) else float(value)


def plain(value: Figures, digits: int = 3) -> str | None:
    """Write a number with a fixed count of decimals."""
    found = number(value)
    if found is None:
        return None
    return f"{found:.{digits}f}" if math.isfinite(found) else "∞"


def percent(share: float | None) -> str | None:
    """Write a share as whole per cent, small ones with a decimal."""
    if share is None or not math.isfinite(share):
        return None
    return f"{100 * share:.1f} %" if 0 < share < 0.0995 else f"{100 * share:.0f} %"


def millilitres(mm3: Figures) -> str | None:
    """Write a volume given in cubic millimetres."""
    found = number(mm3)
    if found is None:
        return None
    ml = found / 1000
    return f"{ml:.1f} ml" if ml >= 1 else f"{ml:.2f} ml"


def seconds(value: Figures) -> str | None:
    """Write a duration."""
    found = number(value)
    if found is None:
        return None
    return f"{found:.1f} s" if found < 120 else f"{found / 60:.1f} min"


def count(value: Figures) -> str | None:
    """Write a whole number with thin spaces between thousands."""
    found = number(value)
    return None if found is None else f"{found:,.0f}".replace(",", "\u202f")
