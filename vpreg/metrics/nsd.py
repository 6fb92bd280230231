"""Normalised surface Dice."""

from __future__ import annotations

import math

from vpreg.metrics.surface_distances import SurfaceDistances


def normalised_surface_dice(distances: SurfaceDistances, *, tolerance_mm: float) -> float:
    """Return the part of both surfaces that lies within `tolerance_mm` of the other.

    0 if one mask is empty, NaN if both are.
    """
    if tolerance_mm < 0:
        msg = f"Give a tolerance of zero mm or more: {tolerance_mm} is not."
        raise ValueError(msg)
    both = distances.both_mm
    return float((both <= tolerance_mm).double().mean()) if both.numel() else math.nan
