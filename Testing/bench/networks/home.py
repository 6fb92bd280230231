"""Grids that hold every brain."""

from __future__ import annotations

import math

Shape = tuple[int, int, int]

TEST_DIVISOR = 8
_MARGIN_VOXELS = 2


def home_shape(extent_mm: tuple[float, float, float], spacing_mm: float, divisor: int) -> Shape:
    """Return the smallest shape that holds a box and a margin, in multiples of the divisor."""
    k, j, i = (
        divisor * math.ceil((edge / spacing_mm + _MARGIN_VOXELS) / divisor) for edge in extent_mm
    )
    return (k, j, i)
