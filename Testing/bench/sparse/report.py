"""Tables of the sparse benchmark."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

from registration.table import markdown, number
from scipy.stats import wilcoxon

from sparse.methods import METHODS

Row = dict[str, Any]
_OURS = "sparse"


def report(rows: Sequence[Row]) -> str:
    """Return one table a source, over the pairs that all its methods have done."""
    parts = []
    for source in dict.fromkeys(row["case"].split("-")[0] for row in rows):
        own = [row for row in rows if row["case"].startswith(source)]
        parts.append(_section(source, own))
    return "\n".join(parts)


def _section(source: str, rows: Sequence[Row]) -> str:
    by_method: dict[str, dict[str, Row]] = {}
    for row in rows:
        by_method.setdefault(row["method"], {})[row["case"]] = row
    lines = [
        _line(METHODS[method][0], done, by_method.get(_OURS, {}))
        for method, done in sorted(by_method.items(), key=lambda item: list(METHODS).index(item[0]))
    ]
    header = [
        *("method", "pairs", "ventricles, mean (SD)", "median", "all labels"),
        *("sparse is better by", "on", "p", "median s", "MiB", "folds"),
    ]
    return f"### {source}\n\n{markdown(header, lines)}"


def _line(title: str, done: dict[str, Row], ours: dict[str, Row]) -> list[str]:
    ventricles = [row["ventricles"] for row in done.values()]
    spread = statistics.stdev(ventricles) if len(ventricles) > 1 else float("nan")
    return [
        title,
        str(len(done)),
        f"{number(statistics.mean(ventricles), 3)} ({number(spread, 3)})",
        number(statistics.median(ventricles), 3),
        number(statistics.mean(row["all"] for row in done.values()), 3),
        *_against(done, ours),
        number(statistics.median(row["seconds"] for row in done.values()), 1),
        number(max(row["peak_mib"] for row in done.values()), 0),
        str(int(max(row["folds"] for row in done.values()))),
    ]


def _against(done: dict[str, Row], ours: dict[str, Row]) -> list[str]:
    """Compare ventricles pair by pair (Wilcoxon, two-sided)."""
    both = sorted(done.keys() & ours.keys())
    gains = [ours[case]["ventricles"] - done[case]["ventricles"] for case in both]
    if not any(gains):
        return ["-", "-", "-"]
    wins = f"{sum(gain > 0 for gain in gains)} of {len(gains)}"
    return [number(statistics.mean(gains), 3), wins, f"{wilcoxon(gains).pvalue:.2g}"]
