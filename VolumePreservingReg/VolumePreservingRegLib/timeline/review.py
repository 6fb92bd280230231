"""What the reader says of a lesion at a time point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from slicer.i18n import tr as _

from VolumePreservingRegLib.timeline.figures import Figures

SAME_PLACE_MM = 0.05
SAME_ML = 1e-6


class Verdict(Enum):
    """Whether the reader takes a row for right; the value is what the table holds."""

    NONE = ""
    ACCEPTED = "accepted"
    REJECTED = "rejected"

    def label(self) -> str:
        """Return the words in the list."""
        words = {Verdict.NONE: "", Verdict.ACCEPTED: _("accepted"), Verdict.REJECTED: _("rejected")}
        return words[self]


@dataclass(frozen=True)
class Review:
    """A verdict and a comment."""

    verdict: Verdict = Verdict.NONE
    comment: str = ""


Reviews = Mapping[tuple[str, str], Review]
"""Reviews by the lesion and the name of the time point."""
NOTHING = Review()


def carry_over(reviews: Reviews, before: Sequence[Figures], now: Sequence[Figures]) -> Reviews:
    """Take reviews over to new figures.

    Of what was measured as before, under whatever name, the whole review stays. Elsewhere the
    comment stays with the row of its name, and the verdict goes: it was on another measurement.
    """
    found = {}
    for new in now:
        old = next((one for one in before if is_same(one, new)), None)
        if old is not None and reviews.get(old.at):
            found[new.at] = reviews[old.at]
        elif old is None and reviews.get(new.at, NOTHING).comment:
            found[new.at] = Review(comment=reviews[new.at].comment)
    return found


def is_same(one: Figures, other: Figures) -> bool:
    """Say whether two rows are of one measurement: the same date, place and volume."""
    if one.timePoint != other.timePoint:
        return False
    if one.ml is None or other.ml is None:
        return one.ml is other.ml and one.at == other.at and one.event == other.event
    gap = max(abs(a - b) for a, b in zip(one.centreLps, other.centreLps, strict=True))
    return gap < SAME_PLACE_MM and abs(one.ml - other.ml) < SAME_ML
