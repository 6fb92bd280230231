"""The table of the networks."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from typing import Any

from registration.table import markdown, number

HEADER = (
    *("method", "form", "soft STSR, median", "worst", "Dice", "folds, %"),
    *("local NCC²", "processor s a pair", "steps", "cases", "lesions"),
)

Row = dict[str, Any]


def report(rows: Iterable[Row]) -> str:
    """Return a line for each method and form, in the order of their first rows.

    A row has the figures of `score`, and `method`, `form`, `steps` and `case`.
    """
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row["method"], row["form"]), []).append(row)
    return markdown(HEADER, [_line(*key, own) for key, own in groups.items()])


def _line(method: str, form: str, rows: Sequence[Row]) -> list[str]:
    sizes = [size for row in rows for size in row["stsr"]]
    return [
        method,
        form,
        number(statistics.median(sizes), 3),
        number(max(sizes), 3),
        number(_mean(rows, "dice"), 4),
        f"{100 * _mean(rows, 'fold_share'):.2g}",
        number(_mean(rows, "similarity"), 4),
        number(statistics.median(row["seconds"] for row in rows), 2),
        str(rows[0]["steps"]) if rows[0]["steps"] else "-",
        str(len(rows)),
        str(len(sizes)),
    ]


def _mean(rows: Sequence[Row], name: str) -> float:
    return statistics.mean(row[name] for row in rows)
