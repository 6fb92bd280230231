"""Cut a box out of an image, or add a border."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch.nn.functional as functional

from vpreg.images.grid import Grid
from vpreg.images.image import Image

Index = tuple[int, int, int]


@dataclass(frozen=True)
class Box:
    """The voxels from `start` up to but without `stop`, along each array axis."""

    start: Index
    stop: Index

    @property
    def slices(self) -> tuple[slice, slice, slice]:
        """The box as an index into an array (K, J, I)."""
        k, j, i = (slice(a, b) for a, b in zip(self.start, self.stop, strict=True))
        return (k, j, i)

    @property
    def shape(self) -> Index:
        """The number of voxels along each axis."""
        k, j, i = (b - a for a, b in zip(self.start, self.stop, strict=True))
        return (k, j, i)


def bounding_box(mask: Image, *, margin_mm: float = 0.0) -> Box:
    """Return the smallest box with every voxel that is not zero, and a margin inside the grid."""
    spans = []
    for axis, (n, spacing) in enumerate(zip(mask.grid.shape, mask.grid.spacing_mm, strict=True)):
        others = [a for a in range(3) if a != axis]
        used = (mask.voxels != 0).any(others[1]).any(others[0]).nonzero()
        if used.numel() == 0:
            msg = "Give a mask with at least one voxel: this one is empty, so it has no box."
            raise ValueError(msg)
        margin = math.ceil(margin_mm / spacing - 1e-6)
        first, last = int(used.min()), int(used.max())
        spans.append((max(0, first - margin), min(n, last + 1 + margin)))
    (k0, k1), (j0, j1), (i0, i1) = spans
    return Box((k0, j0, i0), (k1, j1, i1))


def crop(image: Image, box: Box) -> Image:
    """Return a copy of the voxels in the box, where they were in space."""
    if min(box.start) < 0 or min(box.shape) < 1 or _beyond(box.stop, image.grid.shape):
        msg = f"Choose a box inside the image {image.grid.shape}: {box.start} to {box.stop} is not."
        raise ValueError(msg)
    grid = _moved(image.grid, shift=box.start, shape=box.shape)
    return Image(image.voxels[box.slices].clone(), grid)


def pad(image: Image, *, before: Index, after: Index, value: float = 0.0) -> Image:
    """Add voxels of one value before and after each axis; the old ones stay where they were."""
    if min(before) < 0 or min(after) < 0:
        msg = f"Give numbers of voxels to add, none below zero: {before} and {after}. Or crop."
        raise ValueError(msg)
    k, j, i = (n + b + a for n, b, a in zip(image.grid.shape, before, after, strict=True))
    widths = [w for axis in (2, 1, 0) for w in (before[axis], after[axis])]
    grid = _moved(image.grid, shift=(-before[0], -before[1], -before[2]), shape=(k, j, i))
    return Image(functional.pad(image.voxels, widths, value=value), grid)


def uncrop(image: Image, box: Box, grid: Grid, *, value: float = 0.0) -> Image:
    """Put what was cropped with `box` back onto the whole grid, with one value around it."""
    if box.shape != image.grid.shape or _beyond(box.stop, grid.shape):
        msg = f"Give the box that this image was cropped with: {box} does not fit."
        raise ValueError(msg)
    k, j, i = (n - b for n, b in zip(grid.shape, box.stop, strict=True))
    padded = pad(image, before=box.start, after=(k, j, i), value=value)
    return Image(padded.voxels, grid)


def _beyond(stop: Index, shape: Index) -> bool:
    return any(b > n for b, n in zip(stop, shape, strict=True))


def _moved(grid: Grid, *, shift: Index, shape: Index) -> Grid:
    x, y, z = (grid.voxel_to_lps @ (*shift, 1))[:3].tolist()
    return Grid(shape, grid.spacing_mm, (x, y, z), grid.direction)
