"""What a field itself shows: how much it changes volumes, and where it folds."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from vpreg.fields.affine import retarget_field
from vpreg.fields.folds import find_folds
from vpreg.fields.jacobian import jacobian_determinant
from vpreg.images.grid import Grid
from vpreg.metrics.learn2reg import learn2reg_sdlogj
from vpreg.metrics.sdlogj import SdLogJ, sdlogj


@dataclass(frozen=True)
class FieldFigures:
    """Determinants in volumes of space, and folds by ten determinants (T10), inside a mask.

    `folded_volume_mm3` and `learn2reg_sdlogj` are of the whole grid.
    """

    voxels: int
    folded_voxels: int
    folded_fraction: float
    folded_volume_mm3: float
    smallest_determinant: float
    median_determinant: float
    largest_determinant: float
    mean_displacement_mm: float
    largest_displacement_mm: float
    sdlogj: SdLogJ
    learn2reg_sdlogj: float


def field_figures(
    u: torch.Tensor, *, fixed_grid: Grid, moving_grid: Grid, mask: torch.Tensor | None = None
) -> FieldFigures:
    """Measure a field on the fixed grid, in moving voxels, inside a mask on the fixed grid.

    NaN figures where the mask is empty. Displacements include the affine part.
    """
    # In voxels of the fixed grid, determinants and folds are those of space itself.
    if not fixed_grid.matches(moving_grid):
        u = retarget_field(u, moving_grid=moving_grid, new_moving_grid=fixed_grid)
    inside = torch.ones_like(u[0], dtype=torch.bool) if mask is None else mask != 0
    voxels = int(inside.sum())
    folds = find_folds(u)
    det = jacobian_determinant(u)
    folded = int((folds.mask & inside).sum())
    low, middle, high = _spread(det[inside])
    mean_mm, largest_mm = _displacement_mm(u, fixed_grid, inside)
    return FieldFigures(
        voxels=voxels,
        folded_voxels=folded,
        folded_fraction=folded / voxels if voxels else math.nan,
        folded_volume_mm3=folds.volume_voxels * fixed_grid.voxel_volume_mm3,
        smallest_determinant=low,
        median_determinant=middle,
        largest_determinant=high,
        mean_displacement_mm=mean_mm,
        largest_displacement_mm=largest_mm,
        sdlogj=sdlogj(det, mask=inside, folds=folds.mask),
        learn2reg_sdlogj=learn2reg_sdlogj(u),
    )


def _spread(values: torch.Tensor) -> tuple[float, float, float]:
    if values.numel() == 0:
        return math.nan, math.nan, math.nan
    return float(values.min()), float(values.median()), float(values.max())


def _displacement_mm(u: torch.Tensor, grid: Grid, inside: torch.Tensor) -> tuple[float, float]:
    if not bool(inside.any()):
        return math.nan, math.nan
    square = torch.zeros_like(u[0])
    for a in range(3):
        square += (u[a] * grid.spacing_mm[a]).square()
    length = square.sqrt()[inside]
    return float(length.mean()), float(length.max())
