"""The Jacobian of x + u(x) and its determinant."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch

from vpreg.fields.determinant import determinant_of_planes
from vpreg.fields.sampling import check_field
from vpreg.filters.differences import difference_along
from vpreg.images.grid import Grid

_VOXELS_AT_ONCE = 1 << 18


def jacobian_matrix(u: torch.Tensor) -> torch.Tensor:
    """Return J[c, a] = delta_ca + du_c/dx_a as (3, 3, K, J, I).

    Central differences, one-sided at the borders, on the full grid (T10). Half precision is raised
    to float32, in which a displacement of 20 voxels still has a derivative (T36).
    """
    check_field(u)
    u = at_least_single(u)
    return torch.stack([torch.stack(row) for row in _rows(u)])


def jacobian_determinant(u: torch.Tensor) -> torch.Tensor:
    """Return det J as (K, J, I); above 1 the tissue shrinks in the warped image (T1).

    It is dV_moving/dV_fixed counted in voxels; see `determinant_in_mm` for differing grids.
    """
    check_field(u)
    u = at_least_single(u)
    parts = []
    for start, stop, low, high in _slabs(u):
        det = determinant_of_planes(_rows(u[:, low:high]))
        parts.append(det[start - low : stop - low])
    return torch.cat(parts)


def determinant_in_mm(determinant: torch.Tensor, *, fixed: Grid, moving: Grid) -> torch.Tensor:
    """Turn a determinant counted in voxels into one of volumes and orientation in space.

    Signed, so that a moving grid whose axes are flipped against the fixed one does not look folded.
    """
    return determinant * (_signed_volume(moving) / _signed_volume(fixed))


def at_least_single(u: torch.Tensor) -> torch.Tensor:
    """Return `u` in float32 if its type is a half precision one (T36)."""
    return u.float() if u.dtype in (torch.float16, torch.bfloat16) else u


def _signed_volume(grid: Grid) -> float:
    return float(np.linalg.det(grid.voxel_to_lps[:3, :3]))


def _rows(u: torch.Tensor) -> list[list[torch.Tensor]]:
    rows = [[difference_along(plane, a) for a in range(3)] for plane in u]
    for c in range(3):
        rows[c][c] = rows[c][c] + 1
    return rows


def _slabs(u: torch.Tensor) -> Iterator[tuple[int, int, int, int]]:
    """Yield start, stop and the same with a slice more on either side, for low memory."""
    depth = u.shape[1]
    step = max(1, _VOXELS_AT_ONCE // max(1, u.shape[2] * u.shape[3]))
    for start in range(0, depth, step):
        stop = min(start + step, depth)
        yield start, stop, max(start - 1, 0), min(stop + 1, depth)
