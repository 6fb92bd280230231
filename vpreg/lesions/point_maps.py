"""Take points of a time point to the baseline and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import SimpleITK

PointMap = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class BaselineMap:
    """Two maps of points (N, 3) in LPS mm, inverse to each other."""

    from_baseline: PointMap
    to_baseline: PointMap


def same_place(points_lps: np.ndarray) -> np.ndarray:
    """Leave points where they are."""
    return points_lps


IDENTITY = BaselineMap(same_place, same_place)


def itk_point_map(transform: SimpleITK.Transform) -> PointMap:
    """Return the map of an ITK transform; outside of a field it moves nothing."""

    def move(points_lps: np.ndarray) -> np.ndarray:
        moved = [transform.TransformPoint(point) for point in points_lps.astype(float).tolist()]
        return np.array(moved, dtype=float).reshape(-1, 3)

    return move
