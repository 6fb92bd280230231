"""Fields to ITK transforms and back.

Both sides pull (fixed point to moving point), so nothing is inverted here. What changes is the
unit, voxels to LPS millimetres with the full direction matrix, and the order of the axes (T12).
"""

from __future__ import annotations

import numpy as np
import SimpleITK
import torch

from vpreg.fields.affine import check_affine
from vpreg.fields.sampling import check_field, shape_of, voxel_coordinates
from vpreg.images.grid import Grid
from vpreg.images.itk import set_grid


def field_to_itk_image(
    u: torch.Tensor, fixed_grid: Grid, *, moving_grid: Grid | None = None
) -> SimpleITK.Image:
    """Return the displacements in LPS millimetres as a vector image (float64) on the fixed grid.

    `moving_grid` is the one whose voxels `u` counts; the fixed grid unless given.
    """
    check_field(u)
    _check_on_grid(u, fixed_grid)
    to_lps = (moving_grid or fixed_grid).voxel_to_lps
    u = u.detach().cpu().double()
    lps = _linear(to_lps, u)
    if moving_grid is not None:
        # (V_m - V_f) x is what lies between the grids themselves.
        gap = to_lps - fixed_grid.voxel_to_lps
        lps += _linear(gap, voxel_coordinates(fixed_grid.shape, dtype=torch.float64))
        lps += torch.from_numpy(gap[:3, 3]).view(3, 1, 1, 1)
    image = SimpleITK.GetImageFromArray(lps.permute(1, 2, 3, 0).contiguous().numpy(), isVector=True)
    set_grid(image, fixed_grid)
    return image


def field_to_itk(
    u: torch.Tensor, fixed_grid: Grid, *, moving_grid: Grid | None = None
) -> SimpleITK.DisplacementFieldTransform:
    """Return the ITK transform (fixed point to moving point) that resamples as `warp` does.

    Outside the fixed grid ITK takes a zero displacement: taper fields that end in another.
    """
    return SimpleITK.DisplacementFieldTransform(
        field_to_itk_image(u, fixed_grid, moving_grid=moving_grid)
    )


def affine_to_itk(fixed_to_moving_lps: np.ndarray) -> SimpleITK.AffineTransform:
    """Return a 4x4 map of LPS millimetres as an ITK transform."""
    matrix = check_affine(fixed_to_moving_lps)
    transform = SimpleITK.AffineTransform(3)
    transform.SetMatrix(matrix[:3, :3].ravel().tolist())
    transform.SetTranslation(matrix[:3, 3].tolist())
    return transform


def transform_to_itk_image(transform: SimpleITK.Transform, grid: Grid) -> SimpleITK.Image:
    """Sample any 3-D ITK transform on a grid, as displacements in LPS millimetres (float64)."""
    if transform.GetDimension() != 3:
        msg = f"Give a transform of 3-D points: this one is {transform.GetDimension()}-D."
        raise ValueError(msg)
    sampler = SimpleITK.TransformToDisplacementFieldFilter()
    sampler.SetOutputPixelType(SimpleITK.sitkVectorFloat64)
    sampler.SetSize(grid.shape[::-1])
    sampler.SetOutputSpacing(grid.spacing_mm[::-1])
    sampler.SetOutputOrigin(grid.origin_lps)
    sampler.SetOutputDirection([value for row in grid.direction for value in row[::-1]])
    image: SimpleITK.Image = sampler.Execute(transform)
    return image


def field_from_itk(
    transform: SimpleITK.Transform,
    fixed_grid: Grid,
    *,
    moving_grid: Grid | None = None,
    device: torch.device | str = "cpu",
    dtype: torch.dtype = torch.float32,
) -> torch.Tensor:
    """Sample any 3-D ITK transform (fixed point to moving point) on the fixed grid.

    The field counts voxels of `moving_grid`, or of the fixed grid unless given.
    """
    sampled = transform_to_itk_image(transform, fixed_grid)
    array = SimpleITK.GetArrayViewFromImage(sampled)
    lps = torch.from_numpy(np.ascontiguousarray(np.moveaxis(array, -1, 0)))
    to_voxel = (moving_grid or fixed_grid).lps_to_voxel
    u = _linear(to_voxel, lps)
    if moving_grid is not None:
        gap = to_voxel @ fixed_grid.voxel_to_lps - np.eye(4)
        u += _linear(gap, voxel_coordinates(fixed_grid.shape, dtype=torch.float64))
        u += torch.from_numpy(gap[:3, 3]).view(3, 1, 1, 1)
    return u.to(device=device, dtype=dtype)


def _linear(matrix: np.ndarray, vectors: torch.Tensor) -> torch.Tensor:
    rows = torch.from_numpy(np.ascontiguousarray(matrix[:3, :3]))
    return (rows @ vectors.flatten(1)).view_as(vectors)


def _check_on_grid(u: torch.Tensor, grid: Grid) -> None:
    if shape_of(u) != grid.shape:
        msg = f"Give the grid the field lies on: the field is {shape_of(u)}, the grid {grid.shape}."
        raise ValueError(msg)
