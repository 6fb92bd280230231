"""Scans with few slices, made from whole ones."""

import numpy as np
import torch

from vpreg.filters.banded import apply_along
from vpreg.filters.gaussian import gaussian_smooth
from vpreg.images.grid import Grid
from vpreg.images.image import Image


def anatomy(shape, *, seed=0, spacing_mm=(1.0, 1.0, 1.0)):
    """Make a smooth texture that, unlike noise on a lattice, was never interpolated."""
    white = torch.randn(shape, generator=torch.Generator().manual_seed(seed))
    smooth = gaussian_smooth(white, 1.5)
    return Image((0.5 + 0.15 * smooth / smooth.std()).clamp(0, 1), Grid(shape, spacing_mm))


def hats(n, period, first):
    """Build (n, slices): linear interpolation from slices at first, first + period, …"""
    knots = torch.arange(first - period, n + period, period, dtype=torch.float64)
    at = torch.arange(n, dtype=torch.float64)
    return (1 - (at[:, None] - knots).abs() / period).clamp(min=0), knots


def interpolated(voxels, axis, period, first):
    """Read a volume at the slices of an axis and interpolate linearly between them."""
    n = voxels.shape[axis]
    spread, knots = hats(n, period, first)
    at = torch.arange(n, dtype=torch.float64)
    reading = (1 - (knots.clamp(0, n - 1)[:, None] - at).abs()).clamp(min=0)
    return apply_along(voxels, (spread @ reading).to(voxels.dtype), axis)


def thinned(scan, every, thickness):
    """Average `thickness` planes of axis K into one of `every`: a file with thick slices."""
    n = scan.grid.shape[0] // every
    planes = scan.voxels[: n * every].view(n, every, *scan.grid.shape[1:])
    start = (every - thickness) // 2
    mean = planes[:, start : start + thickness].mean(1)
    spacing = (scan.grid.spacing_mm[0] * every, *scan.grid.spacing_mm[1:])
    index = [start + (thickness - 1) / 2, 0, 0, 1]
    x, y, z = (scan.grid.voxel_to_lps @ index)[:3].tolist()
    return Image(mean, Grid((n, *scan.grid.shape[1:]), spacing, (x, y, z), scan.grid.direction))


def turned_grid(shape, angle, spacing_mm=(1.0, 1.0, 1.0)):
    """Make a grid that is turned by an angle around the last array axis."""
    c, s = np.cos(angle), np.sin(angle)
    rows = ((0.0, 0.0, 1.0), (-s, c, 0.0), (c, s, 0.0))
    return Grid(shape, spacing_mm, (3.0, -4.0, 5.0), rows)
