"""Smaller versions of an image for coarse-to-fine work."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import torch

from vpreg.filters.banded import apply_along
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.spacing import grid_with_shape

Factor = int | tuple[int, int, int]


def pyramid(image: Image, factors: Sequence[Factor]) -> list[Image]:
    """Return one smaller image for each factor, each made from the full one; 1 is the image."""
    levels = []
    for factor in factors:
        voxels = downsample(image.voxels, factor)
        levels.append(Image(voxels, downsampled_grid(image.grid, factor)))
    return levels


def downsample(voxels: torch.Tensor, factor: Factor) -> torch.Tensor:
    """Smooth and shrink (..., K, J, I) by whole numbers, one or one an axis.

    An axis of n voxels keeps ceil(n / factor) between the same outer faces, so a field on the
    small grid scales to the full one by the ratio of the shapes (T9). Straight ramps stay exact
    up to the border, and values stay within the range of their neighbours.
    """
    result = voxels if voxels.is_floating_point() else voxels.to(torch.float32)
    for axis, f in zip((-3, -2, -1), _three(factor), strict=True):
        n = result.shape[axis]
        if _smaller(n, f) < n:
            matrix = _matrix(n, _smaller(n, f), result.dtype, result.device)
            result = apply_along(result, matrix, axis)
    return result


def downsampled_grid(grid: Grid, factor: Factor) -> Grid:
    """Return the grid on which `downsample` puts an image of `grid`."""
    k, j, i = (_smaller(n, f) for n, f in zip(grid.shape, _three(factor), strict=True))
    return grid if (k, j, i) == grid.shape else grid_with_shape(grid, (k, j, i))


def factors_by_axis(grid: Grid, factor: int) -> tuple[int, int, int]:
    """Return a factor for each axis that leaves thick slices alone until the others are as thick.

    The finest axis gets `factor`; 6.5 mm slices of 0.9 mm pixels get (1, 4, 4) for 4.
    """
    finest = min(grid.spacing_mm)
    k, j, i = (max(1, min(factor, round(factor * finest / spacing))) for spacing in grid.spacing_mm)
    return (k, j, i)


def _three(factor: Factor) -> tuple[int, int, int]:
    k, j, i = (factor, factor, factor) if isinstance(factor, int) else factor
    if min(k, j, i) < 1:
        msg = f"Give factors of at least 1: {factor} is not."
        raise ValueError(msg)
    return (k, j, i)


def _smaller(n: int, factor: int) -> int:
    return math.ceil(n / factor)


@lru_cache(maxsize=64)
def _matrix(n: int, n_small: int, dtype: torch.dtype, device: torch.device) -> torch.Tensor:
    """Build (n_small, n): smooth, then read linearly at the centres of the small voxels."""
    # A tensor born in inference mode could not serve training later, and this one is kept.
    with torch.inference_mode(mode=False):
        centre = (torch.arange(n_small, dtype=torch.float64) + 0.5) * n / n_small - 0.5
        low = centre.floor().clamp(0, n - 1)
        share = centre - low
        reading = torch.zeros(n_small, n, dtype=torch.float64)
        rows = torch.arange(n_small)
        reading[rows, low.long()] += 1 - share
        reading[rows, (low + 1).clamp(max=n - 1).long()] += share
        return (reading @ _smoothing(n, n / n_small)).to(dtype).to(device)


def _smoothing(n: int, ratio: float) -> torch.Tensor:
    """Build the (n, n) Gaussian before keeping one voxel of `ratio`.

    Its width takes the blur of a voxel (sigma one half) to that of a small one. The window is cut
    to be symmetric at the border: normalising a lopsided one would pull ramps inwards.
    """
    sigma = 0.5 * math.sqrt(ratio**2 - 1)
    at = torch.arange(n, dtype=torch.float64)
    offset = (at[:, None] - at).abs()
    to_border = torch.minimum(at, n - 1 - at)
    weight = torch.exp(-0.5 * (offset / sigma) ** 2)
    weight[(offset > to_border[:, None]) | (offset > max(1.0, 4 * sigma))] = 0.0
    return weight / weight.sum(1, keepdim=True)
