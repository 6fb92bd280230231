"""A patient's time points, in the order of their dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

PieceReference = int | tuple[float, float, float]
"""A piece of a segmentation by its number, or by a point inside it (LPS mm)."""
References = Mapping[str, tuple[PieceReference, ...]]
"""Pieces by the time point (its `name`) that they belong to."""


class PieceRule(Enum):
    """What one lesion of a segmentation is.

    AUTO takes labels where any segmentation has several, and connected pieces otherwise.
    """

    AUTO = "auto"
    COMPONENTS = "components"
    LABELS = "labels"


@dataclass(frozen=True)
class TimePoint:
    """One visit: `name` is its date (2021-03-01) or its day (day 90), `day` counts from any start.

    Several segmentation files hold one lesion or more each and must not overlap.
    """

    name: str
    day: int
    scan: Path
    segmentations: tuple[Path, ...]
    organ: Path | None = None


@dataclass(frozen=True)
class Corrections:
    """What the reader knows better: pieces that are one lesion, and pieces that are not."""

    same: tuple[References, ...] = ()
    different: tuple[References, ...] = ()


@dataclass(frozen=True)
class ResponseFacts:
    """What response criteria need and no segmentation tells; None is not known.

    `organ_of` and `nodes` go by the names of lesions (L1, L2, …).
    """

    new_lesions_looked_for: bool | None = None
    nontarget_progression: Mapping[str, bool] = field(default_factory=dict)
    organ_of: Mapping[str, str] = field(default_factory=dict)
    nodes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Study:
    """Time points in the order of time; the first is the baseline. `notes` are for the reader."""

    title: str
    time_points: tuple[TimePoint, ...]
    piece_rule: PieceRule = PieceRule.AUTO
    tumor_labels: tuple[int, ...] | None = None
    corrections: Corrections = Corrections()
    facts: ResponseFacts = ResponseFacts()
    notes: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the time points."""
        return tuple(point.name for point in self.time_points)
