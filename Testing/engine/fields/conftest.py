"""Closed-form fields and oblique grids for the tests of this room."""

import math

import numpy as np
import pytest
import torch

from vpreg.fields.sampling import voxel_coordinates
from vpreg.images.grid import Grid


def rotation(degrees_x, degrees_y, degrees_z):
    x, y, z = (math.radians(d) for d in (degrees_x, degrees_y, degrees_z))
    rx = np.array([[1, 0, 0], [0, math.cos(x), -math.sin(x)], [0, math.sin(x), math.cos(x)]])
    ry = np.array([[math.cos(y), 0, math.sin(y)], [0, 1, 0], [-math.sin(y), 0, math.cos(y)]])
    rz = np.array([[math.cos(z), -math.sin(z), 0], [math.sin(z), math.cos(z), 0], [0, 0, 1]])
    return rz @ ry @ rx


def oblique(shape, spacing_mm, origin_lps, degrees):
    matrix = np.eye(4)
    # Reversing the columns goes from ITK's axis order to that of the array.
    matrix[:3, :3] = rotation(*degrees)[:, ::-1] * np.asarray(spacing_mm)
    matrix[:3, 3] = origin_lps
    return Grid.from_matrix(shape, matrix)


@pytest.fixture
def fixed_grid():
    return oblique((14, 18, 22), (3.0, 1.5, 0.8), (-12.0, 31.0, -7.0), (12, -25, 40))


@pytest.fixture
def moving_grid():
    return oblique((20, 16, 24), (2.0, 1.9, 0.9), (-9.0, 26.0, -10.0), (7, -20, 33))


@pytest.fixture
def bump():
    """Make O2's field u = (x - c) a e, e = exp(-rho^2 / 2 s^2)."""

    def make(size, a, s, dtype=torch.float64):
        offset = voxel_coordinates((size, size, size), dtype=dtype) - (size - 1) / 2
        e = torch.exp(-offset.square().sum(0) / (2 * s * s))
        return offset * a * e, offset.square().sum(0).sqrt()

    return make


@pytest.fixture
def linear_field():
    """Make u = (A - 1)(x - c) for a 3x3 A around the middle of a grid."""

    def make(shape, matrix, dtype=torch.float64):
        middle = torch.tensor([(n - 1) / 2 for n in shape], dtype=dtype).view(3, 1, 1, 1)
        offset = voxel_coordinates(shape, dtype=dtype) - middle
        a = torch.as_tensor(np.asarray(matrix), dtype=dtype) - torch.eye(3, dtype=dtype)
        return (a @ offset.flatten(1)).view_as(offset)

    return make


@pytest.fixture
def smooth_field():
    """Make a random field of a given largest displacement from a few waves."""

    def make(shape, size_voxels, seed=0, dtype=torch.float64):
        random = np.random.default_rng(seed)
        x = voxel_coordinates(shape, dtype=dtype)
        u = torch.zeros_like(x)
        for c in range(3):
            for _ in range(3):
                wave = torch.tensor(random.normal(size=3) * 2.5 / np.array(shape), dtype=dtype)
                phase = float(random.uniform(0, 2 * math.pi))
                u[c] += torch.sin((x * wave.view(3, 1, 1, 1)).sum(0) + phase)
        return u * (size_voxels / float(u.abs().max()))

    return make
