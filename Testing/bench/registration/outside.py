"""How alike the tissue outside of the tumors is."""

from __future__ import annotations

import torch

from registration.case import Case
from vpreg.fields.warp import warp
from vpreg.images.grid import Grid
from vpreg.metrics.field_of_view import sees_moving
from vpreg.metrics.ncc import mean_local_ncc_squared

_RADIUS_VOXELS = 2


def local_ncc_outside(case: Case, whole: torch.Tensor, other: torch.Tensor) -> tuple[float, float]:
    """Return the mean squared local correlation under two fields in moving voxels.

    Both over the same voxels: the organ where both see the moving scan, without the fixed tumor
    and without the moving tumor as either of them lays it.
    """
    inside = torch.ones(case.fixed.grid.shape, dtype=torch.bool)
    if case.fixed_organ is not None:
        inside &= case.fixed_organ.voxels > 0
    if case.fixed_tumor is not None:
        inside &= case.fixed_tumor.voxels == 0
    for field in (whole, other):
        inside &= sees_moving(field, case.moving.grid.shape)
        if case.moving_tumor is not None:
            inside &= warp((case.moving_tumor.voxels > 0).float(), field) == 0
    own, base = (
        mean_local_ncc_squared(
            case.fixed.voxels,
            warp(case.moving.voxels, field),
            radius_voxels=window_radius(case.fixed.grid),
            mask=inside,
        )
        for field in (whole, other)
    )
    return own, base


def window_radius(grid: Grid) -> tuple[int, int, int]:
    """Return two voxels in plane, and as many along a coarser axis as make the same length."""
    reach_mm = _RADIUS_VOXELS * min(grid.spacing_mm)
    k, j, i = (int(reach_mm / spacing + 0.5) for spacing in grid.spacing_mm)
    return (k, j, i)
