"""Bring what lies on the fixed grid onto the grid that the page shows."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as functional

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.orientation import reorient
from vpreg.images.pyramid import downsample, downsampled_grid, factors_by_axis
from vpreg.images.resampling import resample

# ITK's order: columns grow to the left, rows to the back, slices upwards.
DISPLAY_AXES = "LPS"
# Keeps a page with four scans below about 12 MB, and a sheet within what browsers draw.
MOST_VOXELS = 6_000_000


@dataclass(frozen=True)
class DisplayGrid:
    """The fixed grid turned to the patient's axes, and shrunk by whole numbers where it is big."""

    fixed: Grid
    factors: tuple[int, int, int]
    grid: Grid

    @property
    def is_reduced(self) -> bool:
        """Whether the page shows fewer voxels than the scan has."""
        return max(self.factors) > 1

    def show(self, image: Image) -> Image:
        """Bring an image on the fixed grid, or one to be resampled to it, onto this grid."""
        if not image.grid.matches(self.fixed):
            image = resample(image, self.fixed)
        turned = reorient(Image(image.voxels.detach().cpu().float(), image.grid), DISPLAY_AXES)
        return Image(downsample(turned.voxels, self.factors).contiguous(), self.grid)

    def show_marks(self, image: Image) -> Image:
        """Bring a mask over without losing single voxels: 1 where any voxel below is not 0."""
        marks = Image((image.voxels.detach().cpu() != 0).float(), image.grid)
        voxels = reorient(marks, DISPLAY_AXES).voxels
        pooled = functional.max_pool3d(voxels[None], self.factors, self.factors, ceil_mode=True)
        return Image(pooled[0], self.grid)


def display_grid(fixed: Grid, *, most_voxels: int = MOST_VOXELS) -> DisplayGrid:
    """Choose the grid to show; thick slices stay as they are until the others are as thick."""
    turned = _turned(fixed)
    factor = 1
    factors = (1, 1, 1)
    while math.prod(downsampled_grid(turned, factors).shape) > most_voxels:
        factor += 1
        factors = factors_by_axis(turned, factor)
    return DisplayGrid(fixed, factors, downsampled_grid(turned, factors))


def _turned(grid: Grid) -> Grid:
    # One number stands for all voxels: only the grid is wanted.
    return reorient(Image(torch.zeros(1).expand(grid.shape), grid), DISPLAY_AXES).grid
