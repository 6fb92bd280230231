"""Textured volumes and the deformations that tests move them by."""

import math

import torch

from vpreg.fields.sampling import voxel_coordinates
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.synthetic.noise import smooth_noise
from vpreg.synthetic.randomness import Randomness


def texture(shape, *, seed=0, spacing_mm=(1.0, 1.0, 1.0)):
    noise = smooth_noise(Randomness(seed, "cpu"), shape, spacing_voxels=4.0)[0]
    return Image((0.5 + 0.15 * noise).clamp(0, 1), Grid(shape, spacing_mm))


def swell(shape, largest_voxels):
    """Make a smooth field (3, K, J, I) that is largest in the middle and ends near zero."""
    size = torch.tensor(shape).view(3, 1, 1, 1)
    hill = torch.sin(math.pi * (voxel_coordinates(shape) + 0.5) / size).prod(0)
    return torch.stack([length * hill for length in largest_voxels])


def ball(shape, centre, radius):
    """Make a mask (K, J, I) from 0 to 1 with a border one voxel wide."""
    offset = voxel_coordinates(shape) - torch.tensor(centre).view(3, 1, 1, 1)
    return (radius + 0.5 - offset.square().sum(0).sqrt()).clamp(0, 1)


def squeeze(shape, centre, strength, width):
    """Make a field whose determinant at the centre is (1 + strength)^3: tissue shrinks there."""
    offset = voxel_coordinates(shape) - torch.tensor(centre).view(3, 1, 1, 1)
    return strength * offset * torch.exp(-offset.square().sum(0) / (2 * width**2))


def inner(u, margin=5):
    """Cut the border off, where the field is held at zero."""
    return u[(slice(None), *(slice(margin, n - margin) for n in u.shape[1:]))]
