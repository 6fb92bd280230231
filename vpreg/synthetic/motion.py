"""How the tissue moves between two dates: a rigid motion after a smooth diffeomorphism."""

from __future__ import annotations

import math

import torch

from vpreg.fields.integrate import integrate_velocity
from vpreg.fields.resize import resize_field
from vpreg.synthetic.noise import smooth_noise
from vpreg.synthetic.randomness import Randomness


def random_velocity(
    random: Randomness,
    shape: tuple[int, int, int],
    *,
    bump_voxels: float,
    largest_voxels: float,
) -> torch.Tensor:
    """Draw a smooth velocity (3, K, J, I) whose longest vector is `largest_voxels` long."""
    v = smooth_noise(random, shape, spacing_voxels=bump_voxels / 3, channels=3)
    longest = v.square().sum(0).max().sqrt().clamp(min=1e-6)
    return v * (largest_voxels / longest)


def coarse_shape(shape: tuple[int, int, int], factor: int) -> tuple[int, int, int]:
    """Return the grid on which a velocity is drawn and integrated."""
    k, j, i = (max(4, math.ceil(n / factor)) for n in shape)
    return (k, j, i)


def deform(velocity: torch.Tensor, shape: tuple[int, int, int], *, steps: int) -> torch.Tensor:
    """Integrate a velocity on a coarse grid and bring the displacement to a fine one."""
    return resize_field(integrate_velocity(velocity, steps=steps), shape)


def rotation_matrix(angles_rad: tuple[float, float, float]) -> torch.Tensor:
    """Turn about the array axes K, J, I in this order; float64 (3, 3)."""
    matrix = torch.eye(3, dtype=torch.float64)
    for axis, angle in enumerate(angles_rad):
        a, b = (axis + 1) % 3, (axis + 2) % 3
        turn = torch.eye(3, dtype=torch.float64)
        turn[a, a] = turn[b, b] = math.cos(angle)
        turn[a, b], turn[b, a] = -math.sin(angle), math.sin(angle)
        matrix = turn @ matrix
    return matrix
