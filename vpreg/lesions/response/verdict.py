"""What a set of criteria says of one time point."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Criteria(Enum):
    """The criteria, by the name that a reader knows."""

    RECIST_11 = "RECIST 1.1"
    RANO_20 = "RANO 2.0"
    VOLUMETRIC = "Volume limits"


class Category(Enum):
    """The categories of response; the value is the usual abbreviation."""

    COMPLETE_RESPONSE = "CR"
    PARTIAL_RESPONSE = "PR"
    STABLE_DISEASE = "SD"
    PROGRESSIVE_DISEASE = "PD"


@dataclass(frozen=True)
class Sums:
    """What the rule adds up: now, at baseline and at the smallest earlier time, with the unit."""

    quantity: str
    unit: str
    now: float
    baseline: float
    nadir: float


@dataclass(frozen=True)
class Response:
    """A category and the rule that decided it, or None and why the criteria do not apply.

    An aid: what criteria ask of the clinic (steroids, symptoms, confirmation) is in `caveats`.
    """

    criteria: Criteria
    category: Category | None
    reason: str
    targets: tuple[str, ...] = ()
    sums: Sums | None = None
    caveats: tuple[str, ...] = ()
