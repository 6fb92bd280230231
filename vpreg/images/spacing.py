"""Grids over the same place with other voxels."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from vpreg.filters.separable import triple
from vpreg.images.grid import Grid, Triple

Shape = tuple[int, int, int]


def grid_with_spacing(grid: Grid, spacing_mm: float | Sequence[float]) -> Grid:
    """Return a grid of exactly this spacing that covers all of `grid` and shares its centre.

    One number makes voxels of equal edges; three are in array-axis order.
    """
    spacing = triple(spacing_mm)
    if not all(math.isfinite(s) and s > 0 for s in spacing):
        msg = f"Give a spacing above zero, in millimetres: {spacing} is not."
        raise ValueError(msg)
    # The small step back keeps 10.000000001 voxels from becoming 11.
    counts = [
        max(1, math.ceil(edge / s - 1e-6)) for edge, s in zip(grid.extent_mm, spacing, strict=True)
    ]
    return _same_centre(grid, (counts[0], counts[1], counts[2]), spacing)


def grid_with_shape(grid: Grid, shape: Shape) -> Grid:
    """Return a grid with this many voxels between the same outer faces."""
    if min(shape) < 1:
        msg = f"Give a shape of at least one voxel along each axis: {shape} is not."
        raise ValueError(msg)
    edges = grid.extent_mm
    spacing = (edges[0] / shape[0], edges[1] / shape[1], edges[2] / shape[2])
    return _same_centre(grid, shape, spacing)


def _same_centre(grid: Grid, shape: Shape, spacing_mm: Triple) -> Grid:
    old_half = (np.asarray(grid.shape) - 1) / 2 * grid.spacing_mm
    new_half = (np.asarray(shape) - 1) / 2 * spacing_mm
    shift = np.asarray(grid.direction) @ (old_half - new_half)
    x, y, z = (np.asarray(grid.origin_lps) + shift).tolist()
    return Grid(shape, spacing_mm, (x, y, z), grid.direction)
