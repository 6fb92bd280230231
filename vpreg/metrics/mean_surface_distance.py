"""The mean distance between two surfaces."""

from __future__ import annotations

import math

from vpreg.metrics.surface_distances import SurfaceDistances


def mean_surface_distance_mm(distances: SurfaceDistances) -> float:
    """Return the average over all voxels of both surfaces, in mm (ASSD).

    Infinite if one mask is empty, NaN if both are.
    """
    both = distances.both_mm
    return float(both.mean()) if both.numel() else math.nan
