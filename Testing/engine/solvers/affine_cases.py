"""A small head and the maps that it is moved by."""

import math

import numpy as np

from vpreg.images.cropping import Box, crop
from vpreg.images.image import Image
from vpreg.images.resampling import resample_through
from vpreg.images.spacing import grid_with_spacing
from vpreg.synthetic.head import make_head_pair
from vpreg.synthetic.head_settings import HeadSettings


def small_head():
    settings = HeadSettings(shape=(56, 68, 56), spacing_mm=3.3, fixed_tumor_ml=20.0)
    return make_head_pair(settings, seed=4).fixed


def centre_lps(image):
    return (image.grid.voxel_to_lps @ [*((np.asarray(image.grid.shape) - 1) / 2), 1])[:3]


def about(centre, *, degrees, shift_mm, stretch=(1.0, 1.0, 1.0)):
    x, y, z = (math.radians(d) for d in degrees)
    rx = np.array([[1, 0, 0], [0, math.cos(x), -math.sin(x)], [0, math.sin(x), math.cos(x)]])
    ry = np.array([[math.cos(y), 0, math.sin(y)], [0, 1, 0], [-math.sin(y), 0, math.cos(y)]])
    rz = np.array([[math.cos(z), -math.sin(z), 0], [math.sin(z), math.cos(z), 0], [0, 0, 1]])
    matrix = np.eye(4)
    matrix[:3, :3] = rz @ ry @ rx @ np.diag(stretch)
    matrix[:3, 3] = centre - matrix[:3, :3] @ centre + shift_mm
    return matrix


def seen_through(head, matrix, *, spacing_mm=3.3):
    """Return the scan whose map to `head` is `matrix`, on voxels of its own."""
    return resample_through(head, grid_with_spacing(head.grid, spacing_mm), matrix)


def half_of(image, *, axis, start=0.0, stop=1.0):
    first, last = [0, 0, 0], list(image.grid.shape)
    first[axis] = round(start * image.grid.shape[axis])
    last[axis] = round(stop * image.grid.shape[axis])
    return crop(image, Box(tuple(first), tuple(last)))


def largest_gap_mm(found, expected, image: Image):
    """Return the largest distance between two maps in the inner part of a scan."""
    reach = np.asarray(image.grid.extent_mm)[:, None] * 0.3 * np.array([[-1, 1]])
    corners = np.array(np.meshgrid(*reach)).reshape(3, -1)
    points = np.vstack([centre_lps(image)[:, None] + corners, np.ones(8)])
    return np.linalg.norm(((found - expected) @ points)[:3], axis=0).max()
