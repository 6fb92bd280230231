"""The growth phantom: a lesion halves or doubles in an organ that does not move."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from registration.case import Case, Group
from vpreg.synthetic.growth import GrowthSettings, make_growth_phantom

FACTORS = (0.5, 2.0)
_SEED = 1


def growth_cases(*, quick: bool) -> Iterator[Case]:  # noqa: ARG001 - both take seconds
    """Yield one phantom a factor."""
    for factor in FACTORS:
        pair = make_growth_phantom(GrowthSettings.by_factor(factor), seed=_SEED).pair
        yield Case(
            group=Group.GROWTH,
            name=f"volume x{factor:g}",
            fixed=pair.fixed,
            moving=pair.moving,
            mode="follow-up",
            affine_lps=np.eye(4),
            fixed_tumor=pair.fixed_tumor,
            moving_tumor=pair.moving_tumor,
            fixed_organ=pair.fixed_organ,
            organ=pair.moving_organ,
            organ_is_given=True,
        )
