"""Look up the moving scan through a 4x4 matrix, and pull slopes back to the matrix."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as functional

from vpreg.fields.sampling import Padding, axis_coordinates
from vpreg.images.grid import Grid


def sampling_points(
    matrix_lps: np.ndarray, fixed: Grid, moving: Grid, like: torch.Tensor
) -> torch.Tensor:
    """Return where each fixed voxel lies in the moving scan, (3, K, J, I) in torch's unit cube."""
    index_map = moving.lps_to_voxel @ matrix_lps @ fixed.voxel_to_lps
    lines = axis_coordinates(fixed.shape, device=like.device, dtype=like.dtype)
    points = torch.empty((3, *fixed.shape), device=like.device, dtype=like.dtype)
    for a, n in enumerate(moving.shape):
        # Cell-centred units (T7), joined in float64 before the voxels' own type.
        k, j, i, shift = (index_map[a] * 2 / n).tolist()
        plane = lines[0] * k + lines[1] * j + (shift + 1 / n - 1)
        torch.add(plane, lines[2], alpha=i, out=points[a])
    return points


def sample(voxels: torch.Tensor, points: torch.Tensor, *, padding: Padding) -> torch.Tensor:
    """Sample (C, K, J, I) at `points`, which may ask for a gradient."""
    source = voxels.permute(0, 3, 2, 1)[None]
    places = points.permute(1, 2, 3, 0)[None]
    return functional.grid_sample(
        source, places, mode="bilinear", padding_mode=padding.value, align_corners=False
    )[0]


def matrix_slope(slope: torch.Tensor, fixed: Grid, moving: Grid) -> np.ndarray:
    """Turn the slope of a loss by `sampling_points` into that by the 4x4 matrix (last row 0)."""
    in_index = np.zeros((4, 4))
    for b, kept in enumerate(((2, 3), (1, 3), (1, 2))):
        profile = slope.sum(kept).cpu().double().numpy()
        in_index[:3, b] = profile @ np.arange(profile.shape[1])
        in_index[:3, 3] = profile.sum(1)
    in_index[:3] *= 2 / np.asarray(moving.shape)[:, None]
    result: np.ndarray = moving.lps_to_voxel.T @ in_index @ fixed.voxel_to_lps.T
    result[3] = 0.0
    return result
