"""The grid that a network was trained on, laid over a pair."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from vpreg.images.cropping import bounding_box
from vpreg.images.grid import Grid, Triple
from vpreg.images.image import Image
from vpreg.images.orientation import reorient
from vpreg.masks.foreground import find_foreground

Shape = tuple[int, int, int]

MOST_HOMES = 4.0
"""How many times the voxels of its home a network is given at most."""


@dataclass(frozen=True)
class HomeGrid:
    """Shape, spacing and orientation of a network's inputs, in array-axis order.

    `axes` says where each array axis points, axis 0 first: "LAS" has left along axis 0. Without
    `spacing_mm` the body is stretched to the shape, as some networks are trained.
    """

    shape: Shape
    spacing_mm: Triple | None
    axes: str
    grey_value_of_one: float = 1.0
    """The input grey value of tissue as bright as the brightest half percent."""

    def __post_init__(self) -> None:
        if len(self.shape) != 3 or min(self.shape) < 1:
            msg = f"Give a home shape of three sizes: {self.shape} is none."
            raise ValueError(msg)
        if self.spacing_mm is not None and not min(self.spacing_mm) > 0:
            msg = f"Give a home spacing above 0 mm: {self.spacing_mm} is not."
            raise ValueError(msg)
        ends = [set(pair) & set(self.axes) for pair in ("LR", "PA", "SI")]
        if len(self.axes) != 3 or any(len(end) != 1 for end in ends):
            msg = f'Name the home axes by three letters, for example "LAS": "{self.axes}" is none.'
            raise ValueError(msg)

    def lay_over(self, fixed: Image, *, divisor: int) -> Grid:
        """Return the grid of the network over the body in a normalised scan.

        Where the body needs more room, the grid grows by whole steps of the network. ValueError if
        that is out of proportion.
        """
        # reorient names axes in ITK's order, the reverse of array axes.
        turned = reorient(fixed, self.axes[::-1])
        body = bounding_box(find_foreground(turned))
        extent = [n * s for n, s in zip(body.shape, turned.grid.spacing_mm, strict=True)]
        if self.spacing_mm is None:
            shape = self.shape
            k, j, i = (e / n for e, n in zip(extent, shape, strict=True))
            spacing = (k, j, i)
        else:
            spacing = self.spacing_mm
            shape = _enough(self.shape, extent, spacing, divisor)
        if math.prod(shape) > MOST_HOMES * math.prod(self.shape):
            size = " x ".join(f"{e:.0f}" for e in extent)
            msg = (
                f"Choose a model for larger parts of the body: this one is too small for {size} mm."
            )
            raise ValueError(msg)
        centre = [(a + b - 1) / 2 for a, b in zip(body.start, body.stop, strict=True)]
        return _centred(turned.grid, shape, spacing, centre)


def _enough(shape: Shape, extent_mm: list[float], spacing_mm: Triple, divisor: int) -> Shape:
    k, j, i = (
        n if e <= n * s + 1e-3 else divisor * math.ceil(e / s / divisor - 1e-6)
        for n, e, s in zip(shape, extent_mm, spacing_mm, strict=True)
    )
    return (k, j, i)


def _centred(near: Grid, shape: Shape, spacing_mm: Triple, centre: list[float]) -> Grid:
    """Return a grid like `near` around one of its points, on its voxels where it can be."""
    if np.allclose(near.spacing_mm, spacing_mm, rtol=1e-6):
        # Whole shifts keep the voxels as they are: nothing is interpolated.
        halves = [(n - 1) / 2 for n in shape]
        centre = [math.floor(c - h + 0.5) + h for c, h in zip(centre, halves, strict=True)]
    middle = (near.voxel_to_lps @ (*centre, 1))[:3]
    steps = np.asarray(near.direction) * np.asarray(spacing_mm)
    x, y, z = (middle - steps @ [(n - 1) / 2 for n in shape]).tolist()
    return Grid(shape, spacing_mm, (x, y, z), near.direction)
