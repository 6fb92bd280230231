"""One thing in a result that a reader should look at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum


class FindingKind(Enum):
    """What was found."""

    FOLD = "fold"
    TUMOR_SIZE = "tumor size"
    SHRINK = "strongest shrink"
    GROWTH = "strongest growth"
    GUESSED = "hardly measured"


class Severity(IntEnum):
    """How much it matters, the least first."""

    NOTE = 1
    LOOK = 2
    PROBLEM = 3


@dataclass(frozen=True)
class Finding:
    """A sentence and the place (RAS, mm) that it is about."""

    kind: FindingKind
    text: str
    position_ras: tuple[float, float, float]
    severity: Severity
