"""Affine maps as displacement fields, and fields on other grids."""

from __future__ import annotations

import numpy as np
import torch

from vpreg.fields.sampling import axis_coordinates, check_field, shape_of
from vpreg.images.grid import Grid


def affine_to_field(
    fixed_to_moving_lps: np.ndarray,
    fixed_grid: Grid,
    moving_grid: Grid,
    *,
    device: torch.device | str = "cpu",
    dtype: torch.dtype = torch.float32,
) -> torch.Tensor:
    """Return the field, in voxels, that a 4x4 map of LPS millimetres makes between two grids.

    With the identity it carries one grid to another: `compose` of that and a field on
    `moving_grid` is the same field on `fixed_grid`.
    """
    matrix = moving_grid.lps_to_voxel @ check_affine(fixed_to_moving_lps) @ fixed_grid.voxel_to_lps
    matrix = matrix - np.eye(4)
    lines = axis_coordinates(fixed_grid.shape, device="cpu", dtype=torch.float64)
    u = torch.empty((3, *fixed_grid.shape), device=device, dtype=dtype)
    for c in range(3):
        k, j, i, shift = matrix[c].tolist()
        plane = lines[0] * k + lines[1] * j + shift
        u[c] = plane.to(device=device, dtype=dtype) + (lines[2] * i).to(device=device, dtype=dtype)
    return u


def follow_by_affine(
    u: torch.Tensor, fixed_to_moving_lps: np.ndarray, fixed_grid: Grid, moving_grid: Grid
) -> torch.Tensor:
    """Return the field A(x + u(x)) - x, where `u` stays on the fixed grid and A leads to moving.

    Exact everywhere, while `compose` with an affine field would stop at the border of its grid.
    """
    check_field(u)
    affine = check_affine(fixed_to_moving_lps)
    return _map_targets(u, moving_grid.lps_to_voxel @ affine @ fixed_grid.voxel_to_lps)


def retarget_field(u: torch.Tensor, *, moving_grid: Grid, new_moving_grid: Grid) -> torch.Tensor:
    """Express the same map in the voxels of another moving grid.

    With the fixed grid as the new one, determinants and folds are those of space itself.
    """
    check_field(u)
    return _map_targets(u, new_moving_grid.lps_to_voxel @ moving_grid.voxel_to_lps)


def check_affine(matrix: np.ndarray) -> np.ndarray:
    """Return a 4x4 affine matrix in float64; ValueError if it is none or cannot be inverted."""
    matrix = np.asarray(matrix, dtype=np.float64)
    if matrix.shape != (4, 4) or not np.allclose(matrix[3], (0, 0, 0, 1)):
        msg = f"Give an affine map as a 4x4 matrix with last row 0 0 0 1: got {matrix.tolist()}."
        raise ValueError(msg)
    if not np.isfinite(matrix).all() or abs(np.linalg.det(matrix)) < 1e-12:
        msg = f"Give an affine map that can be inverted: this one cannot: {matrix.tolist()}."
        raise ValueError(msg)
    return matrix


def _map_targets(u: torch.Tensor, matrix: np.ndarray) -> torch.Tensor:
    # A x - x is small where both grids nearly agree: joined in float64, it costs no precision.
    rest = matrix - np.eye(4)
    lines = axis_coordinates(shape_of(u), device="cpu", dtype=torch.float64)
    planes = []
    for c in range(3):
        k, j, i, shift = rest[c].tolist()
        plane = (lines[0] * k + lines[1] * j + shift).to(device=u.device, dtype=u.dtype)
        plane = plane + (lines[2] * i).to(device=u.device, dtype=u.dtype)
        for a in range(3):
            plane = torch.add(plane, u[a], alpha=float(matrix[c, a]))
        planes.append(plane)
    return torch.stack(planes)
