"""Bring an image onto another grid."""

from __future__ import annotations

import numpy as np
import torch

from vpreg.fields.sampling import Padding, axis_coordinates
from vpreg.fields.warp import warp
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.interpolation import Interpolation

# What one pass samples at most: coordinates cost three to five times the memory of the voxels.
_VOXELS_AT_ONCE = 1 << 22
# In voxels. Keeps points that lie on an outer face, up to rounding, inside.
_FACE_TOLERANCE = 1e-4


def resample(
    image: Image,
    grid: Grid,
    *,
    interpolation: Interpolation = Interpolation.LINEAR,
    outside: float = 0.0,
) -> Image:
    """Sample an image at the voxel centres of a grid.

    As in ITK the image reaches to the outer faces of its border voxels, half a voxel beyond their
    centres, and holds their value there; beyond that everything is `outside`. Linear results are
    floating point, the others keep the type of the voxels.
    """
    return resample_through(image, grid, np.eye(4), interpolation=interpolation, outside=outside)


def resample_through(
    image: Image,
    grid: Grid,
    fixed_to_moving_lps: np.ndarray,
    *,
    interpolation: Interpolation = Interpolation.LINEAR,
    outside: float = 0.0,
) -> Image:
    """Sample a moving image on a fixed grid; the 4x4 matrix takes fixed to moving LPS points."""
    index_map = _index_map(image.grid, grid, fixed_to_moving_lps)
    if image.grid.shape == grid.shape and _is_identity(index_map, max(grid.shape)):
        kept = image.voxels
        if interpolation is Interpolation.LINEAR and not kept.is_floating_point():
            kept = kept.to(torch.float32)
        return Image(kept.clone(), grid)
    slices = max(1, _VOXELS_AT_ONCE // (grid.shape[1] * grid.shape[2]))
    slabs = []
    for start in range(0, grid.shape[0], slices):
        shape = (min(slices, grid.shape[0] - start), grid.shape[1], grid.shape[2])
        shifted = index_map.copy()
        shifted[:3, 3] += start * index_map[:3, 0]
        slabs.append(_sample(image.voxels, shape, shifted, interpolation, outside))
    return Image(torch.cat(slabs), grid)


def _index_map(moving: Grid, fixed: Grid, fixed_to_moving_lps: np.ndarray) -> np.ndarray:
    """Return the matrix from fixed to moving array index, in float64 whatever the voxels are."""
    matrix = np.asarray(fixed_to_moving_lps, dtype=float)
    if matrix.shape != (4, 4) or not np.isfinite(matrix).all():
        msg = f"Give a transform as a 4x4 matrix of finite numbers: this is {matrix.shape}."
        raise ValueError(msg)
    product: np.ndarray = moving.lps_to_voxel @ matrix @ fixed.voxel_to_lps
    return product


def _is_identity(index_map: np.ndarray, size: int) -> bool:
    gap = np.abs(index_map - np.eye(4))
    return bool(gap[:3, :3].max() * size < 1e-6 and gap[:3, 3].max() < 1e-6)


def _sample(
    voxels: torch.Tensor,
    shape: tuple[int, int, int],
    index_map: np.ndarray,
    interpolation: Interpolation,
    outside: float,
) -> torch.Tensor:
    dtype = torch.float64 if voxels.dtype is torch.float64 else torch.float32
    u, inside = _displacement(voxels, shape, index_map, dtype)
    sampled = warp(voxels, u, interpolation=interpolation, padding=Padding.BORDER)
    return sampled.masked_fill_(~inside, outside)


def _displacement(
    voxels: torch.Tensor, shape: tuple[int, int, int], index_map: np.ndarray, dtype: torch.dtype
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the field of an affine index map, and where it points into the image."""
    lines = axis_coordinates(shape, device=voxels.device, dtype=dtype)
    u = torch.empty((3, *shape), device=voxels.device, dtype=dtype)
    inside = torch.ones(shape, device=voxels.device, dtype=torch.bool)
    step = index_map[:3, :3] - np.eye(3)
    for a, n in enumerate(voxels.shape):
        plane = lines[0] * step[a, 0] + lines[1] * step[a, 1] + index_map[a, 3]
        torch.add(plane, lines[2] * step[a, 2], out=u[a])
        point = u[a] + lines[a]
        inside &= (point >= -0.5 - _FACE_TOLERANCE) & (point <= n - 0.5 + _FACE_TOLERANCE)
    return u, inside
