"""Move the moving scan, and mirror both."""

from __future__ import annotations

import math

import numpy as np
import torch

from vpreg.images.grid import Grid
from vpreg.synthetic.motion import rotation_matrix
from vpreg.synthetic.randomness import Randomness
from vpreg.training.data.augmentation_settings import AugmentationSettings
from vpreg.training.data.side import Side


def draw_affine(random: Randomness, settings: AugmentationSettings, home: Grid) -> np.ndarray:
    """Draw a 4x4 matrix from points (LPS mm) to points, around the middle of the home grid.

    It turns about the axes of the grid in turn and stretches along each (LapIRN, methods §6.3).
    """
    if not random.chance(settings.affine):
        return np.eye(4)
    limit = math.radians(settings.rotation_deg)
    k, j, i = (random.uniform(-limit, limit) for _ in range(3))
    scale = [1 + random.uniform(-settings.scale, settings.scale) for _ in range(3)]
    half_mm = [n * s / 2 for n, s in zip(home.shape, home.spacing_mm, strict=True)]
    shift = [random.uniform(-settings.translation, settings.translation) * h for h in half_mm]
    return around_middle(home, rotation_matrix((k, j, i)).numpy() * scale, np.asarray(shift))


def around_middle(home: Grid, linear: np.ndarray, shift_mm: np.ndarray) -> np.ndarray:
    """Return a map, given along the axes of a grid and around its middle, for LPS points."""
    axes = np.asarray(home.direction)
    middle = (home.voxel_to_lps @ [*((n - 1) / 2 for n in home.shape), 1])[:3]
    matrix = np.eye(4)
    matrix[:3, :3] = axes @ linear @ np.linalg.inv(axes)
    matrix[:3, 3] = middle + axes @ shift_mm - matrix[:3, :3] @ middle
    return matrix


def draw_flips(random: Randomness, settings: AugmentationSettings, axes: str) -> list[int]:
    """Draw the array axes to mirror; `axes` names where each points, as in a home grid."""
    chances = (
        ("LR", settings.flip_left_right),
        ("PA", settings.flip_front_back),
        ("SI", settings.flip_up_down),
    )
    axis_of = {ends: next(a for a, end in enumerate(axes) if end in ends) for ends, _ in chances}
    return [axis_of[ends] for ends, chance in chances if random.chance(chance)]


def mirror(side: Side, axes: list[int]) -> Side:
    """Mirror a scan with all its maps."""
    if not axes:
        return side

    def turned(voxels: torch.Tensor) -> torch.Tensor:
        return voxels.flip(axes)

    return side.each(turned, turned)
