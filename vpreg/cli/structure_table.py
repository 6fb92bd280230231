"""What was carried over to a sparse scan, as one short table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table

MOST_ROWS = 20


def structure_table(structures: Sequence[Mapping[str, Any]]) -> Table:
    """Build the table of the largest structures; the result folder has all of them."""
    compared = any("dice" in row for row in structures)
    largest = sorted(structures, key=lambda row: -(row["volume_carried_mm3"] or 0))[:MOST_ROWS]
    more = len(structures) - len(largest)
    rest = f" (the largest; {more} more in structures.csv)" if more else ""
    table = Table(title=f"Structures carried over{rest}")
    for title in ("Label", "Volume", "Measured", *(("In the scan", "Dice") if compared else ())):
        table.add_column(title, justify="right")
    for row in sorted(largest, key=lambda one: int(one["label"])):
        cells = [str(row["label"]), _ml(row["volume_carried_mm3"]), _share(row)]
        if compared:
            cells += [_ml(row["volume_scan_mm3"]), _three(row["dice"])]
        table.add_row(*cells)
    return table


def _ml(volume_mm3: float) -> str:
    return f"{volume_mm3 / 1000:.1f} ml"


def _share(row: Mapping[str, Any]) -> str:
    share = row["measured_fraction"]
    return "?" if share is None else f"{100 * share:.0f} %"


def _three(value: float | None) -> str:
    return "?" if value is None else f"{value:.3f}"
