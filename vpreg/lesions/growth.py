"""How fast a lesion grows or shrinks, as far as its voxels can tell."""

from __future__ import annotations

import math
from dataclasses import dataclass

from vpreg.lesions.volume import Volume

DAYS_OF_A_MONTH = 30.0


@dataclass(frozen=True)
class Change:
    """From an earlier volume to a later one; None where there is nothing to say.

    `is_within_uncertainty`: the change is smaller than what the voxels leave open, so there is no
    doubling or halving time. Both times are positive, and at most one of them is there.
    """

    days: int
    ml: float
    uncertainty_ml: float
    relative: float | None
    relative_a_month: float | None
    doubling_days: float | None
    halving_days: float | None
    is_within_uncertainty: bool


def change_between(earlier: Volume, later: Volume, *, days: int) -> Change:
    """Compare two volumes, `days` (above 0) apart.

    Growth is taken as exponential: V2 = V1 exp(g t), doubling time ln 2 / g. Both uncertainties add
    as squares.
    """
    if days <= 0:
        msg = f"Give the volumes in the order of time: the second is {days} days after the first."
        raise ValueError(msg)
    difference = later.ml - earlier.ml
    uncertainty = math.hypot(earlier.uncertainty_ml, later.uncertainty_ml)
    is_within = abs(difference) <= uncertainty
    rate = _rate_a_day(earlier.ml, later.ml, days)
    steady = None if rate is None or is_within or rate == 0 else math.log(2) / abs(rate)
    return Change(
        days=days,
        ml=difference,
        uncertainty_ml=uncertainty,
        relative=difference / earlier.ml if earlier.ml > 0 else None,
        relative_a_month=None if rate is None else math.expm1(rate * DAYS_OF_A_MONTH),
        doubling_days=steady if difference > 0 else None,
        halving_days=steady if difference < 0 else None,
        is_within_uncertainty=is_within,
    )


def _rate_a_day(earlier_ml: float, later_ml: float, days: int) -> float | None:
    if earlier_ml <= 0 or later_ml <= 0:
        return None
    return math.log(later_ml / earlier_ml) / days
