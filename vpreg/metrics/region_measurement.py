"""Measure what a warp makes of a region, from its linear weights on the fixed grid."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.fields.jacobian import determinant_in_mm, jacobian_determinant
from vpreg.images.grid import Grid
from vpreg.metrics.region_change import RegionChange

_HARD = 0.5


@dataclass(frozen=True)
class Mapping:
    """A field with its two grids and its determinant (in volumes of space), computed once."""

    u: torch.Tensor
    fixed_grid: Grid
    moving_grid: Grid
    determinant: torch.Tensor

    @classmethod
    def of(cls, u: torch.Tensor, *, fixed_grid: Grid, moving_grid: Grid) -> Mapping:
        """Compute the determinant; ValueError if the field does not fit the fixed grid."""
        if tuple(u.shape[1:]) != fixed_grid.shape:
            found = tuple(u.shape[1:])
            msg = f"Give the field on the fixed grid: {found} is not {fixed_grid.shape}."
            raise ValueError(msg)
        det = determinant_in_mm(jacobian_determinant(u), fixed=fixed_grid, moving=moving_grid)
        return cls(u, fixed_grid, moving_grid, det)


def measure_region(
    weights: torch.Tensor,
    determinant: torch.Tensor,
    *,
    voxels_moving: int,
    in_view_fraction: float | None,
    mapping: Mapping,
) -> RegionChange:
    """Sum the linear weights of one region, beside the determinant at the same fixed voxels.

    Without `in_view_fraction` it is recovered from the determinants, which is exact up to the
    sampling even where the field folds (the signed volume counts every moving point once).
    """
    fixed_mm3 = mapping.fixed_grid.voxel_volume_mm3
    moving_mm3 = voxels_moving * mapping.moving_grid.voxel_volume_mm3
    soft = float(weights.sum())
    recovered_mm3 = float((weights * determinant).sum()) * fixed_mm3
    if in_view_fraction is None:
        in_view_fraction = min(max(recovered_mm3 / max(moving_mm3, 1e-30), 0.0), 1.0)
    folded = float((weights * (determinant <= 0)).sum())
    return RegionChange(
        voxels_moving=voxels_moving,
        volume_moving_mm3=moving_mm3,
        in_view_fraction=in_view_fraction,
        volume_hard_mm3=int((weights > _HARD).sum()) * fixed_mm3,
        volume_soft_mm3=soft * fixed_mm3,
        volume_recovered_mm3=recovered_mm3,
        folded_fraction=folded / soft if soft > 0 else 0.0,
    )
