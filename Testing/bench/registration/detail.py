"""The detailed table of a group: one row a case and method."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from registration.case import Group
from registration.roster import title_of
from registration.row import Row
from registration.table import markdown, number

Column = tuple[str, Callable[[Row], str]]

_FIRST: tuple[Column, ...] = (("pair", lambda r: r.case), ("method", lambda r: title_of(r.method)))
_LAST: tuple[Column, ...] = (
    ("folds", lambda r: str(r.scores.folds)),
    ("s", lambda r: number(r.seconds, 1)),
    ("whole call, s", lambda r: number(r.call_seconds, 1)),
    ("peak MiB", lambda r: number(r.peak_mib, 0)),
    ("warning", lambda r: r.warning),
)
_SCORES: dict[Group, tuple[Column, ...]] = {
    Group.OASIS: (("mean Dice", lambda r: number(r.scores.dice, 4)),),
    Group.TUMOR: (
        ("soft STSR", lambda r: number(r.scores.stsr, 4)),
        ("local NCC² outside / stage 1", lambda r: number(r.scores.local_ncc_ratio, 4)),
    ),
    Group.GROWTH: (
        ("TVCF", lambda r: number(r.scores.tvcf, 4)),
        ("soft STSR", lambda r: number(r.scores.stsr, 4)),
    ),
}


def detail(rows: Sequence[Row], group: Group) -> str:
    """Return the table."""
    columns = (*_FIRST, *_SCORES[group], *_LAST)
    header = [name for name, _ in columns]
    return markdown(header, ([text(row) for _, text in columns] for row in rows))
