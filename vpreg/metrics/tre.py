"""Target registration error: how far landmarks end up from where they belong."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

from vpreg.fields.sampling import shape_of
from vpreg.images.grid import Grid
from vpreg.metrics.linear_corners import linear_corners

PointMap = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class LandmarkErrors:
    """Distances in mm, over the landmarks whose target is known; `unknown` were out of view."""

    count: int
    unknown: int
    mean_mm: float
    median_mm: float
    percentile_95_mm: float
    worst_mm: float


def landmark_errors_mm(
    fixed_lps_mm: np.ndarray, moving_lps_mm: np.ndarray, fixed_to_moving: PointMap
) -> np.ndarray:
    """Return |T(p_fixed) - p_moving| for N landmarks (N, 3), in millimetres LPS.

    NaN where the map knows no target. The map goes from fixed to moving, as a pull field does.
    """
    if fixed_lps_mm.shape != moving_lps_mm.shape or fixed_lps_mm.shape[-1:] != (3,):
        shapes = f"{fixed_lps_mm.shape} and {moving_lps_mm.shape}"
        msg = f"Give as many fixed as moving landmarks, with three coordinates each: got {shapes}."
        raise ValueError(msg)
    gap = fixed_to_moving(np.asarray(fixed_lps_mm, dtype=np.float64)) - moving_lps_mm
    return np.asarray(np.linalg.norm(gap, axis=-1))


def summarise_errors(errors_mm: np.ndarray) -> LandmarkErrors:
    """Summarise the distances of landmarks; NaN figures if none is known."""
    known = errors_mm[~np.isnan(errors_mm)]
    if known.size == 0:
        return LandmarkErrors(0, errors_mm.size, math.nan, math.nan, math.nan, math.nan)
    return LandmarkErrors(
        count=known.size,
        unknown=errors_mm.size - known.size,
        mean_mm=float(known.mean()),
        median_mm=float(np.median(known)),
        percentile_95_mm=float(np.percentile(known, 95)),
        worst_mm=float(known.max()),
    )


def field_as_point_map(u: torch.Tensor, *, fixed_grid: Grid, moving_grid: Grid) -> PointMap:
    """Return the map of LPS millimetres that a field makes, linear between voxels.

    Points outside the fixed image become NaN; within half a voxel of it the edge is carried on.
    """

    def fixed_to_moving(points_lps_mm: np.ndarray) -> np.ndarray:
        at = _apply(fixed_grid.lps_to_voxel, points_lps_mm)
        target = at + _sample(u, at)
        outside = (at < -0.5) | (at > np.array(fixed_grid.shape) - 0.5)
        target[outside.any(-1)] = np.nan
        return _apply(moving_grid.voxel_to_lps, target)

    return fixed_to_moving


def _sample(u: torch.Tensor, at: np.ndarray) -> np.ndarray:
    inside = np.clip(at, 0, np.array(shape_of(u)) - 1)
    index, weight = linear_corners(torch.from_numpy(inside.T.copy()), shape_of(u))
    values = u.detach().cpu().flatten(1)[:, index].double()
    return (values * weight).sum(1).numpy().T


def _apply(matrix: np.ndarray, points: np.ndarray) -> np.ndarray:
    return np.asarray(points @ matrix[:3, :3].T + matrix[:3, 3])
