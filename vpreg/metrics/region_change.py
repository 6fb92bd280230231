"""The size of a region before and after a warp, measured in three ways."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class RegionChange:
    """A moving region (lesion or organ) and what the warp makes of it.

    `in_view_fraction` is the part of the moving region that the fixed field of view shows: ratios
    compare the warped volume with that part only (T25). `volume_hard_mm3` counts fixed voxels of
    linear weight above one half, `volume_soft_mm3` adds the weights, and `volume_recovered_mm3`
    adds weight times det J: the moving volume seen from the fixed side (methods §1).
    """

    voxels_moving: int
    volume_moving_mm3: float
    in_view_fraction: float
    volume_hard_mm3: float
    volume_soft_mm3: float
    volume_recovered_mm3: float
    folded_fraction: float

    @property
    def volume_in_view_mm3(self) -> float:
        """The moving volume that can be compared."""
        return self.volume_moving_mm3 * self.in_view_fraction

    @property
    def voxels_in_view(self) -> float:
        """How many moving voxels can be compared."""
        return self.voxels_moving * self.in_view_fraction

    @property
    def ratio_hard(self) -> float:
        """Warped / moving by counting, biased for small lesions (methods §2.9)."""
        return divide(self.volume_hard_mm3, self.volume_in_view_mm3)

    @property
    def ratio_soft(self) -> float:
        """Warped / moving by linear weights."""
        return divide(self.volume_soft_mm3, self.volume_in_view_mm3)

    @property
    def ratio_jacobian(self) -> float:
        """Warped / moving as one over the mean determinant in the warped region.

        Zero if the region is gone, infinite if folds leave the mean at zero or below: with the
        sign, a fold cannot pass for preserved tissue (T14).
        """
        if self.volume_soft_mm3 <= 0:
            return 0.0 if self.in_view_fraction > 0 else math.nan
        if self.volume_recovered_mm3 <= 0:
            return math.inf
        return self.volume_soft_mm3 / self.volume_recovered_mm3


def divide(part: float, whole: float) -> float:
    """Return part / whole, NaN where there is nothing to compare with."""
    return part / whole if whole > 0 else math.nan
