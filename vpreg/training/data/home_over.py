"""The home grid over a scan to train on, always of the shape of the home."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import torch

from vpreg.images.cropping import Box, bounding_box, crop
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.networks.home_grid import HomeGrid, Shape


def home_over(scan: Image, home: HomeGrid, *, organ: Image) -> Grid:
    """Lay the home over a normalised scan as for use, but cut it to the home's shape.

    In use the grid grows with the body; in training one shape keeps memory the same for every
    step, and what a larger body has far from the middle of the organ is not seen. ValueError if
    that is out of proportion.
    """
    try:
        grid = home.lay_over(scan, divisor=1)
    except ValueError as error:
        size = " x ".join(f"{edge:.0f}" for edge in scan.grid.extent_mm)
        msg = f"Give a larger home shape or spacing: the body, in {size} mm, is far beyond it."
        raise ValueError(msg) from error
    return _part(grid, _box_near(_middle(organ), grid, home.shape))


def _middle(mask: Image) -> np.ndarray:
    """Return the middle of the box of a mask as an LPS point."""
    box = bounding_box(mask)
    index = [(a + b - 1) / 2 for a, b in zip(box.start, box.stop, strict=True)]
    point: np.ndarray = mask.grid.voxel_to_lps @ [*index, 1]
    return point


def _box_near(point_lps: np.ndarray, grid: Grid, shape: Shape) -> Box:
    """Return the box of a shape in a grid whose middle is as near to a point as it can be."""
    index = (grid.lps_to_voxel @ point_lps)[:3].tolist()
    first = [
        min(max(0, math.floor(at - (n - 1) / 2 + 0.5)), have - n)
        for at, n, have in zip(index, shape, grid.shape, strict=True)
    ]
    stop = [a + n for a, n in zip(first, shape, strict=True)]
    return Box((first[0], first[1], first[2]), (stop[0], stop[1], stop[2]))


def part_around(grid: Grid, home: Grid) -> Grid:
    """Return the part of a scan's grid whose voxels have a say on the home grid."""
    ends = np.array([[*corner, 1] for corner in product(*((0, n - 1) for n in home.shape))]).T
    index = (grid.lps_to_voxel @ home.voxel_to_lps @ ends)[:3]
    start = [max(0, math.floor(low) - 1) for low in index.min(axis=1)]
    stop = [
        min(n, math.ceil(high) + 2) for n, high in zip(grid.shape, index.max(axis=1), strict=True)
    ]
    return _part(grid, Box((start[0], start[1], start[2]), (stop[0], stop[1], stop[2])))


def _part(grid: Grid, box: Box) -> Grid:
    nothing = torch.zeros((), dtype=torch.bool).expand(grid.shape)
    return crop(Image(nothing, grid), box).grid
