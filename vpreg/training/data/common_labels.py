"""The labels that all scans of a training have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from vpreg.training.data.scan_entry import Role, ScanEntry

_MOST_TOLD = 6


def common_labels(
    entries: Sequence[ScanEntry], values: Mapping[str, tuple[int, ...]]
) -> tuple[tuple[int, ...], list[str]]:
    """Return the labels that most scans have, and a sentence for each scan that has others."""
    labelled = [entry for entry in entries if entry.path_of(Role.LABELS) is not None]
    if not labelled:
        return (), []
    counts = Counter(values[entry.name] for entry in labelled)
    usual = counts.most_common(1)[0][0]
    problems = [
        f"{entry.place}: Give every scan the same labels: {_difference(values[entry.name], usual)}."
        for entry in labelled
        if values[entry.name] != usual
    ]
    return usual, problems


def _difference(found: tuple[int, ...], usual: tuple[int, ...]) -> str:
    parts = []
    if lacking := sorted(set(usual) - set(found)):
        parts.append(f"this one lacks {_some(lacking)}")
    if extra := sorted(set(found) - set(usual)):
        parts.append(f"only this one or few have {_some(extra)}")
    return " and ".join(parts)


def _some(values: list[int]) -> str:
    told = ", ".join(str(value) for value in values[:_MOST_TOLD])
    rest = len(values) - _MOST_TOLD
    return told if rest <= 0 else f"{told} and {rest} more"
