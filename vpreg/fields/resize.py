"""Carry a field to a finer or coarser grid over the same space."""

from __future__ import annotations

from functools import lru_cache

import torch

from vpreg.fields.sampling import Shape, check_field, shape_of
from vpreg.filters.banded import apply_along


def resize_field(u: torch.Tensor, shape: Shape) -> torch.Tensor:
    """Resample `u` to `shape` and scale its voxels by N'/N along each axis (T9).

    Cell-centred like the image pyramid: the outer faces of both grids coincide. Beyond the outer
    voxel centres the field goes on linearly, so that an affine field stays affine to the border.
    Velocity fields resize the same way, before they are integrated.
    """
    check_field(u)
    if min(shape) < 1:
        msg = f"Give a shape of at least one voxel an axis: {shape} was given."
        raise ValueError(msg)
    out = u
    # Growing axes last, so that the products before them stay small.
    sizes = list(zip(shape_of(u), shape, strict=True))
    for a in sorted(range(3), key=lambda axis: sizes[axis][1] / sizes[axis][0]):
        old, new = sizes[a]
        if old != new:
            matrix = _interpolation_matrix(old, new, u.dtype, u.device)
            out = apply_along(out, matrix, a + 1)
    scale = torch.tensor([n / o for o, n in sizes], device=u.device, dtype=u.dtype)
    return out * scale.view(3, 1, 1, 1)


@lru_cache(maxsize=64)
def _interpolation_matrix(
    old: int, new: int, dtype: torch.dtype, device: torch.device
) -> torch.Tensor:
    position = (torch.arange(new, dtype=torch.float64) + 0.5) * old / new - 0.5
    low = position.floor().clamp(0, max(old - 2, 0)).long()
    high = (low + 1).clamp(max=old - 1)
    fraction = position - low
    matrix = torch.zeros(new, old, dtype=torch.float64)
    row = torch.arange(new)
    matrix[row, low] += 1 - fraction
    matrix[row, high] += fraction
    return matrix.to(device=device, dtype=dtype)
