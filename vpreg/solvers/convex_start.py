"""A start for large motion: coupled convex optimization over whole steps (methods §7.2)."""

from __future__ import annotations

import torch

from vpreg.fields.compose import compose
from vpreg.fields.resize import resize_field
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.pyramid import downsample, downsampled_grid
from vpreg.similarity.mind import mind_descriptor
from vpreg.solvers.cost_volume import CostVolume, cost_volume, mean_over_cells

FEATURE_MM, CELL_MM = 2.0, 6.0
REACH_CELLS = 4
"""Motion of up to 24 mm is found."""

PULLS = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
"""How strongly neighbours bind one another, round by round (Siebert, Hansen, Heinrich)."""

ROUNDS = 15


def convex_start(fixed: Image, moving: Image) -> torch.Tensor:
    """Return a smooth field (3, K, J, I) in voxels of the fixed grid that both ways agree on.

    Both scans lie on one grid. They are compared by MIND-SSC, so their contrast may differ.
    """
    cells = [_cells(image) for image in (fixed, moving)]
    there = _smooth_choice(cost_volume(cells[0], cells[1], reach=REACH_CELLS))
    back = _smooth_choice(cost_volume(cells[1], cells[0], reach=REACH_CELLS))
    return resize_field(agree(there, back), fixed.grid.shape)


def agree(there: torch.Tensor, back: torch.Tensor) -> torch.Tensor:
    """Return `there` drawn to the inverse of `back`, and the other way round, in equal parts."""
    for _ in range(ROUNDS):
        # compose(u, v) = u + v(x + u): the inverse of v undoes all of it.
        there, back = (
            there - 0.5 * compose(there, back),
            back - 0.5 * compose(back, there),
        )
    return there


def _cells(image: Image) -> torch.Tensor:
    fine = downsample(image.voxels, _factors(image.grid, FEATURE_MM))
    grid = downsampled_grid(image.grid, _factors(image.grid, FEATURE_MM))
    return downsample(mind_descriptor(fine), _factors(grid, CELL_MM))


def _factors(grid: Grid, length_mm: float) -> tuple[int, int, int]:
    k, j, i = (max(1, round(length_mm / s)) for s in grid.spacing_mm)
    return (k, j, i)


def _smooth_choice(volume: CostVolume) -> torch.Tensor:
    field = mean_over_cells(volume.cheapest())
    for pull in PULLS:
        field = mean_over_cells(volume.cheapest(near=field, pull=pull))
    return field
