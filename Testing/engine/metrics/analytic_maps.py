"""Shapes and fields whose volumes are known in closed form (methods §14)."""

from __future__ import annotations

import math

import torch

from vpreg.fields.sampling import voxel_coordinates

CENTRE = (20.0, 20.0, 20.0)


def ball(shape, centre, radius):
    """A ball of voxels (K, J, I), as bool."""
    x = voxel_coordinates(shape, dtype=torch.float64)
    offset = x - torch.tensor(centre, dtype=torch.float64).view(3, 1, 1, 1)
    return offset.square().sum(0) <= radius**2


def about(shape, centre):
    """Offsets from a centre, (3, K, J, I)."""
    x = voxel_coordinates(shape, dtype=torch.float64)
    return x - torch.tensor(centre, dtype=torch.float64).view(3, 1, 1, 1)


def translation(shape, shift):
    """u = shift."""
    return torch.tensor(shift, dtype=torch.float64).view(3, 1, 1, 1).expand(3, *shape).clone()


def scaling(shape, centre, factor):
    """phi(x) = c + k (x - c): det = k^3 (O1)."""
    return about(shape, centre) * (factor - 1)


def bump(shape, centre, *, height, width):
    """phi(x) = c + (x - c)(1 + a e), e = exp(-rho^2 / 2 s^2) (O2)."""
    offset = about(shape, centre)
    return offset * height * torch.exp(-offset.square().sum(0) / (2 * width**2))


def bump_volume_ratio(radius, *, height, width):
    """Fixed over moving volume of a ball about the centre of the bump, in closed form (O2)."""
    low, high = 0.0, 4 * radius
    for _ in range(80):
        middle = (low + high) / 2
        reached = middle * (1 + height * math.exp(-(middle**2) / (2 * width**2)))
        low, high = (middle, high) if reached < radius else (low, middle)
    return (low / radius) ** 3


def rotation(shape, centre, generator):
    """A random rotation about a centre and a random shift of less than a voxel."""
    raw = torch.randn(3, 3, generator=generator, dtype=torch.float64)
    matrix = torch.linalg.qr(raw).Q
    matrix = matrix * torch.linalg.det(matrix).sign()
    offset = about(shape, centre)
    shift = torch.rand(3, generator=generator, dtype=torch.float64).view(3, 1, 1, 1) - 0.5
    return torch.einsum("ab,bkji->akji", matrix, offset) - offset + shift


def stretches(shape, pieces):
    """Map fixed planes along K piecewise linearly: `pieces` are (fixed, moving) face positions.

    A slab of moving planes between two faces then has the given number of fixed planes, exactly.
    """
    faces = torch.arange(shape[0], dtype=torch.float64)
    fixed, moving = (
        torch.tensor(list(side), dtype=torch.float64) - 0.5 for side in zip(*pieces, strict=True)
    )
    at = (torch.searchsorted(fixed, faces, right=True) - 1).clamp(0, len(pieces) - 2)
    slope = (moving[at + 1] - moving[at]) / (fixed[at + 1] - fixed[at])
    u = torch.zeros(3, *shape, dtype=torch.float64)
    u[0] = (moving[at] + slope * (faces - fixed[at]) - faces).view(-1, 1, 1)
    return u


def slab(shape, start, stop):
    """Planes start <= k < stop, away from the sides."""
    mask = torch.zeros(shape, dtype=torch.bool)
    mask[start:stop, 4:-4, 4:-4] = True
    return mask
