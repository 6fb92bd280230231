"""One line of the detailed tables."""

from __future__ import annotations

from dataclasses import dataclass

from registration.case import Group
from registration.scoring import Scores


@dataclass(frozen=True)
class Row:
    """What one method made of one case; NaN costs are those of the shared affine."""

    group: Group
    case: str
    method: str
    scores: Scores
    seconds: float
    call_seconds: float
    peak_mib: float
    warning: str = ""
