"""How far landmarks end up from where they belong."""

from __future__ import annotations

import dataclasses

import numpy as np

from vpreg.metrics.json_figures import Json, to_json
from vpreg.metrics.tre import (
    PointMap,
    field_as_point_map,
    landmark_errors_mm,
    summarise_errors,
)
from vpreg.recipes.result import Alignment, Result


def with_landmarks(result: Result, fixed_lps_mm: np.ndarray, moving_lps_mm: np.ndarray) -> Result:
    """Add the errors of the landmarks: as the scans lie, after the affine, and at the end."""
    maps: dict[str, PointMap] = {
        "as_scanned": lambda points: points,
        "affine": lambda points: apply(result.affine_lps, points),
        "final": point_map(result, result.final),
    }
    if result.similarity_only is not None:
        maps["similarity_only"] = point_map(result, result.similarity_only)
    errors: dict[str, Json] = {
        name: to_json(summarise_errors(landmark_errors_mm(fixed_lps_mm, moving_lps_mm, one)))
        for name, one in maps.items()
    }
    return dataclasses.replace(result, figures={**result.figures, "landmarks": errors})


def point_map(result: Result, alignment: Alignment) -> PointMap:
    """Return x -> A(x + u(x)) in millimetres LPS; NaN outside the fixed scan."""
    grid = result.fixed.grid
    bend = field_as_point_map(alignment.u, fixed_grid=grid, moving_grid=grid)
    return lambda points: apply(result.affine_lps, bend(points))


def apply(matrix: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Apply a 4x4 matrix to points (N, 3)."""
    return np.asarray(points @ matrix[:3, :3].T + matrix[:3, 3])
