"""Markdown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence


def markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def number(value: float, digits: int) -> str:
    """Return a number with so many digits, and a dash for what is unknown."""
    if math.isnan(value):
        return "-"
    return f"{value:.{digits}f}"
