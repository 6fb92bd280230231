"""Turn a reader's corrections into pieces by number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from vpreg.lesions.overlap import Aligned
from vpreg.lesions.study.study import Corrections, PieceReference, References

Mark = tuple[int, int]
"""A time point and the number of a piece."""


@dataclass(frozen=True)
class Marks:
    """Sets of pieces that are one lesion, and pairs of pieces that are not."""

    same: tuple[frozenset[Mark], ...] = ()
    different: frozenset[frozenset[Mark]] = frozenset()

    def groups_at(self, time: int) -> list[tuple[int, ...]]:
        """Return the sets of pieces of one time point that are one lesion."""
        groups = [tuple(sorted(n for at, n in one if at == time)) for one in self.same]
        return [group for group in groups if len(group) > 1]


NO_MARKS = Marks()


def resolve(
    corrections: Corrections, names: Sequence[str], segmentations: Sequence[Aligned]
) -> Marks:
    """Find the pieces; ValueError for one that is not there."""
    same = [_marks(entry, names, segmentations) for entry in corrections.same]
    pairs = [
        frozenset(pair)
        for entry in corrections.different
        for pair in combinations(sorted(_marks(entry, names, segmentations)), 2)
    ]
    for pair in pairs:
        if any(pair <= one for one in same):
            (time, number), _ = sorted(pair)
            msg = (
                "Remove one of two corrections that contradict each other: piece "
                f"{number} of {names[time]} is said to be the same and another."
            )
            raise ValueError(msg)
    return Marks(tuple(same), frozenset(pairs))


def _marks(
    entry: References, names: Sequence[str], segmentations: Sequence[Aligned]
) -> frozenset[Mark]:
    return frozenset(
        (names.index(name), _number(reference, name, segmentations[names.index(name)]))
        for name, references in entry.items()
        for reference in references
    )


def _number(reference: PieceReference, name: str, aligned: Aligned) -> int:
    segmentation = aligned.segmentation
    known = len(segmentation.pieces)
    if isinstance(reference, tuple):
        found = int(segmentation.number_at(np.array([reference]))[0])
        if found:
            return found
        msg = f"Move the point {list(reference)} of a correction into a lesion of {name}."
        raise ValueError(msg)
    if 1 <= reference <= known:
        return reference
    msg = f"Correct a piece number: {name} has pieces 1 to {known}, not {reference}."
    raise ValueError(msg)
