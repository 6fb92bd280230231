"""One level of a coarse-to-fine solver: its grids and their units."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from vpreg.fields.sampling import Shape
from vpreg.images.grid import Grid, Triple
from vpreg.images.pyramid import factors_by_axis


@dataclass(frozen=True)
class Level:
    """The grid of the images and the coarser grid of the field, over the same space."""

    factor: tuple[int, int, int]
    image_shape: Shape
    field_shape: Shape
    image_spacing_mm: Triple
    field_spacing_mm: Triple

    @property
    def finest_mm(self) -> float:
        """The shortest edge of an image voxel: the unit of steps and widths."""
        return min(self.image_spacing_mm)

    def image_voxels(self, length_voxels: float) -> Triple:
        """Turn a length in finest voxels into voxels of each image axis."""
        k, j, i = (length_voxels * self.finest_mm / s for s in self.image_spacing_mm)
        return (k, j, i)

    def field_voxels(self, length_mm: float) -> Triple:
        """Turn a length in millimetres into voxels of each field axis."""
        k, j, i = (length_mm / s for s in self.field_spacing_mm)
        return (k, j, i)

    def window_radius(self, radius_voxels: int) -> tuple[int, int, int]:
        """Turn a window radius into voxels of each image axis, at least one."""
        k, j, i = (max(1, round(length)) for length in self.image_voxels(radius_voxels))
        return (k, j, i)


def plan_level(grid: Grid, factor: int, field_factor: float) -> Level:
    """Lay out a level; thick slices stay as they are until the other axes are as thick."""
    factors = factors_by_axis(grid, factor)
    image_shape = _shrink(grid.shape, factors)
    image_spacing = _spread(grid, image_shape)
    finest = min(image_spacing)
    coarser = [max(1.0, min(field_factor, field_factor * finest / s)) for s in image_spacing]
    field_shape = _shrink(image_shape, coarser)
    return Level(factors, image_shape, field_shape, image_spacing, _spread(grid, field_shape))


def per_axis(values: Triple, like: torch.Tensor) -> torch.Tensor:
    """Shape one number an axis to multiply a field (3, K, J, I)."""
    return torch.tensor(values, device=like.device, dtype=like.dtype).view(3, 1, 1, 1)


def _shrink(shape: Shape, factors: tuple[float, ...] | list[float]) -> Shape:
    k, j, i = (math.ceil(n / f - 1e-9) for n, f in zip(shape, factors, strict=True))
    return (k, j, i)


def _spread(grid: Grid, shape: Shape) -> Triple:
    k, j, i = (e / n for e, n in zip(grid.extent_mm, shape, strict=True))
    return (k, j, i)
