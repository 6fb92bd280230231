"""The summary of a group: one row a method, over the cases it has done."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence

from registration.case import Group
from registration.roster import AFFINE, title_of
from registration.row import Row
from registration.table import markdown, number

_SCORES: dict[Group, tuple[str, ...]] = {
    Group.OASIS: ("mean Dice", "worst Dice"),
    Group.TUMOR: ("median soft STSR", "worst soft STSR", "least local NCC² outside / stage 1"),
    Group.GROWTH: ("worst TVCF", "worst soft STSR"),
}
_COSTS = ("pairs", "most folds", "mean s", "most MiB")


def by_method(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Sort rows by method, in order of appearance."""
    sorted_rows: dict[str, list[Row]] = {}
    for row in rows:
        sorted_rows.setdefault(row.method, []).append(row)
    return sorted_rows


def summary(rows: Sequence[Row], group: Group) -> str:
    """Return the table."""
    lines = []
    for method, own in by_method(rows).items():
        costs = [str(len(own)), str(max(row.scores.folds for row in own))]
        if method == AFFINE:
            costs += ["-", "-"]
        else:
            costs.append(number(statistics.mean(row.seconds for row in own), 1))
            costs.append(number(max(row.peak_mib for row in own), 0))
        lines.append([title_of(method), *_figures(own, group), *costs])
    return markdown(["method", *_SCORES[group], *_COSTS], lines)


def _figures(own: Sequence[Row], group: Group) -> list[str]:
    if group is Group.OASIS:
        dice = [row.scores.dice for row in own]
        return [number(statistics.mean(dice), 4), number(min(dice), 4)]
    stsr = [row.scores.stsr for row in own]
    if group is Group.TUMOR:
        ratio = min(row.scores.local_ncc_ratio for row in own)
        return [number(statistics.median(stsr), 4), number(max(stsr), 4), number(ratio, 4)]
    return [number(max(row.scores.tvcf for row in own), 4), number(max(stsr), 4)]
