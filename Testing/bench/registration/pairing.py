"""The paired comparison: ours minus each other method, case by case of the same run."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence

from registration.case import Group
from registration.roster import AFFINE, PEERS, title_of
from registration.row import Row
from registration.summary import by_method
from registration.table import markdown, number

_COMPARED: dict[Group, tuple[str, Callable[[Row], float]]] = {
    Group.OASIS: ("Dice", lambda row: row.scores.dice),
    Group.TUMOR: ("soft STSR", lambda row: row.scores.stsr),
    Group.GROWTH: ("TVCF", lambda row: row.scores.tvcf),
}


def paired(rows: Sequence[Row], group: Group) -> str:
    """Return a table with a row for each of ours beside each other method, or nothing."""
    name, figure = _COMPARED[group]
    methods = by_method(rows)
    lines = [
        [title_of(own), title_of(other), *_compare(methods[own], methods[other], figure)]
        for own in methods
        if own in PEERS and PEERS[own].ours
        for other in methods
        if other != own
    ]
    better = "above 0 is better" if group is Group.OASIS else "below 0 is better"
    columns = [f"mean difference of {name} ({better})", "better in", "s / s of the other"]
    return markdown(["method", "beside", *columns], lines) if lines else ""


def differences(
    own: Sequence[Row], other: Sequence[Row], figure: Callable[[Row], float]
) -> list[float]:
    """Return own minus other for every case that both have done."""
    known = {row.case: figure(row) for row in other}
    return [figure(row) - known[row.case] for row in own if row.case in known]


def seconds_ratio(own: Sequence[Row], other: Sequence[Row]) -> float:
    """Return the geometric mean of the ratios of time, case by case; NaN if none is known."""
    known = {row.case: row.seconds for row in other}
    ratios = [row.seconds / known[row.case] for row in own if known.get(row.case, math.nan) > 0]
    return statistics.geometric_mean(ratios) if ratios else math.nan


def _compare(own: Sequence[Row], other: Sequence[Row], figure: Callable[[Row], float]) -> list[str]:
    gaps = differences(own, other, figure)
    if not gaps:
        return ["-", "-", "-"]
    sign = 1 if own[0].group is Group.OASIS else -1
    wins = sum(sign * gap > 0 for gap in gaps)
    ratio = math.nan if other[0].method == AFFINE else seconds_ratio(own, other)
    mean = statistics.mean(gaps)
    return [f"{mean:+.4f}", f"{wins} of {len(gaps)}", number(ratio, 2)]
