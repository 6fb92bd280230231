"""Lesions at several dates with known volumes: growing, shrinking, new, vanished, merged, split."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from vpreg.images.grid import Grid, Triple
from vpreg.images.image import Image
from vpreg.images.resampling import resample_through
from vpreg.synthetic.noise import smooth_noise
from vpreg.synthetic.randomness import Randomness

_ML = 1000.0
_ORGAN, _LESION, _OUTSIDE = 0.45, 0.9, 0.05
_BRIGHTEST = 1000.0


@dataclass(frozen=True)
class Ball:
    """A ball with a radius for each date; 0 is not there."""

    centre_lps: Triple
    radii_mm: tuple[float, ...]

    @classmethod
    def of_volumes(cls, centre_lps: Triple, volumes_ml: Sequence[float]) -> Ball:
        """Choose the radii by the volumes."""
        radii = tuple((3 * ml * _ML / (4 * math.pi)) ** (1 / 3) for ml in volumes_ml)
        return cls(centre_lps, radii)

    def inside(self, points_lps: np.ndarray, date: int) -> np.ndarray:
        """Tell which points (..., 3) lie in the ball."""
        away = np.linalg.norm(points_lps - np.array(self.centre_lps), axis=-1)
        return np.asarray(away < self.radii_mm[date])


def union_ml(balls: Sequence[Ball], date: int) -> float:
    """Return the exact volume of balls of which no three overlap in one place."""
    volume = sum(4 / 3 * math.pi * ball.radii_mm[date] ** 3 for ball in balls)
    for n, first in enumerate(balls):
        for second in balls[n + 1 :]:
            volume -= _shared_mm3(first, second, date)
    return volume / _ML


def _shared_mm3(first: Ball, second: Ball, date: int) -> float:
    a, b = first.radii_mm[date], second.radii_mm[date]
    d = math.dist(first.centre_lps, second.centre_lps)
    if d >= a + b:
        return 0.0
    if d <= abs(a - b):
        return 4 / 3 * math.pi * min(a, b) ** 3
    # The lens of two spheres.
    return math.pi * (a + b - d) ** 2 * (d * d + 2 * d * (a + b) - 3 * (a - b) ** 2) / (12 * d)


@dataclass(frozen=True)
class HistoryDate:
    """A scan and its segmentation; a point p of the patient lies at p + shift."""

    scan: Image
    tumor: Image
    shift_lps: Triple


def segment(balls: Sequence[Ball], date: int, grid: Grid, *, shift_lps: Triple) -> np.ndarray:
    """Mark the voxels whose centres lie in a ball, as a reader without partial volume would."""
    points = _centres(grid) - np.array(shift_lps)
    mask = np.zeros(grid.shape, dtype=bool)
    for ball in balls:
        mask |= ball.inside(points, date)
    return mask


def make_lesion_history(
    balls: Sequence[Ball],
    grid: Grid,
    *,
    shifts_lps: Sequence[Triple],
    seed: int,
    organ_radius_mm: float | None = None,
) -> list[HistoryDate]:
    """Make a textured organ with the balls in it at each date; one shift a date moves everything.

    The organ is a ball in the middle of the grid. The lesions replace its tissue.
    """
    random = Randomness(seed)
    texture = smooth_noise(random, grid.shape, spacing_voxels=2.5)[0].numpy()
    middle = _centres(grid).reshape(-1, 3).mean(0)
    radius = organ_radius_mm or 0.43 * min(grid.extent_mm)
    organ = np.linalg.norm(_centres(grid) - middle, axis=-1) < radius
    healthy = Image(torch.as_tensor(np.where(organ, _ORGAN + 0.09 * texture, _OUTSIDE)), grid)
    return [_date(balls, date, healthy, shift, random) for date, shift in enumerate(shifts_lps)]


def _date(
    balls: Sequence[Ball], date: int, healthy: Image, shift_lps: Triple, random: Randomness
) -> HistoryDate:
    grid = healthy.grid
    back = np.eye(4)
    back[:3, 3] = -np.array(shift_lps)
    moved = resample_through(healthy, grid, back, outside=_OUTSIDE).voxels.float()
    mask = torch.as_tensor(segment(balls, date, grid, shift_lps=shift_lps))
    picture = torch.where(mask, torch.full_like(moved, _LESION), moved)
    picture = (picture + 0.01 * random.normal(*grid.shape)).clamp(min=0) * _BRIGHTEST
    return HistoryDate(Image(picture, grid), Image(mask.to(torch.uint8), grid), shift_lps)


def _centres(grid: Grid) -> np.ndarray:
    index = np.stack(np.meshgrid(*(np.arange(n) for n in grid.shape), indexing="ij"), axis=-1)
    matrix = grid.voxel_to_lps
    return np.asarray(index @ matrix[:3, :3].T + matrix[:3, 3])
