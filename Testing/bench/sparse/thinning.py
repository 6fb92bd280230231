"""Measure a research scan once more as a clinic would: few thick slices at some angle."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.resampling import resample

_SAMPLES = 14
_RAMP_MM = 1.0


@dataclass(frozen=True)
class Protocol:
    """Slices `spacing_mm` apart; their profile is flat over `thickness_mm`, with ramps of 1 mm."""

    spacing_mm: float = 7.0
    thickness_mm: float = 6.0
    largest_tilt_degrees: float = 10.0


def draw_slices(grid: Grid, protocol: Protocol, *, seed: int) -> Grid:
    """Return the grid of thick slices across a random axis, tilted and shifted at random."""
    random = np.random.default_rng(seed)
    axis = int(random.integers(3))
    tilt = np.radians(random.uniform(-1, 1, 2) * protocol.largest_tilt_degrees)
    shift = random.uniform(-0.5, 0.5) * protocol.spacing_mm
    others = [a for a in range(3) if a != axis]
    axes = np.asarray(grid.direction)[:, [axis, *others]]
    axes = _rotation(axes[:, 1], tilt[0]) @ _rotation(axes[:, 2], tilt[1]) @ axes
    pixel = min(grid.spacing_mm)
    edges = np.array([protocol.spacing_mm, pixel, pixel])
    reach = np.abs(axes.T @ (np.asarray(grid.direction) * grid.extent_mm)).sum(1)
    k, j, i = (math.ceil(n) for n in (reach / edges + [1, 0, 0]).tolist())
    middle = grid.voxel_to_lps @ [*((n - 1) / 2 for n in grid.shape), 1]
    first = (1 - np.array([k, j, i])) / 2 * edges + [shift, 0, 0]
    x, y, z = (middle[:3] + axes @ first).tolist()
    rows = tuple(tuple(row) for row in axes.tolist())
    return Grid((k, j, i), tuple(edges.tolist()), (x, y, z), rows)


def thin(scan: Image, slices: Grid, protocol: Protocol) -> Image:
    """Average a scan over the profile of each slice; what lies between them is lost."""
    step = slices.spacing_mm[0] / _SAMPLES
    offset = (np.arange(_SAMPLES) - (_SAMPLES - 1) / 2) * step
    share = ((protocol.thickness_mm + _RAMP_MM) / 2 - np.abs(offset)).clip(0, _RAMP_MM)
    total = torch.zeros(slices.shape)
    for shift, weight in zip(offset, share / share.sum(), strict=True):
        if weight > 0:
            moved = np.asarray(slices.origin_lps) + np.asarray(slices.direction)[:, 0] * shift
            grid = Grid(slices.shape, slices.spacing_mm, tuple(moved.tolist()), slices.direction)
            total += float(weight) * resample(scan, grid).voxels
    return Image(total, slices)


def _rotation(axis: np.ndarray, angle: float) -> np.ndarray:
    x, y, z = axis
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + math.sin(angle) * cross + (1 - math.cos(angle)) * cross @ cross
