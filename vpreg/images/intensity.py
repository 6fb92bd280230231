"""Bring the grey values of a scan into [0, 1]."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import torch

from vpreg.images.image import Image
from vpreg.images.percentiles import percentiles


class Modality(Enum):
    """What kind of scan a preset is for."""

    CT = "ct"
    MR = "mr"
    ANY = "any"


@dataclass(frozen=True)
class Window:
    """A fixed range in Hounsfield units."""

    low_hu: float
    high_hu: float


@dataclass(frozen=True)
class Percentiles:
    """A range between two percentiles (0 to 100) of the foreground of each scan.

    Foreground is above the 2nd percentile of the scan by more than `background_fraction` of the
    way to its 98th: both ends are blind to a few extreme voxels.
    """

    low: float
    high: float
    background_fraction: float


@dataclass(frozen=True)
class IntensityPreset:
    """A named way to scale the grey values of one kind of scan."""

    name: str
    title: str
    description: str
    modality: Modality
    range: Window | Percentiles


def normalise(image: Image, preset: IntensityPreset, *, mask: Image | None = None) -> Image:
    """Scale a scan so that the range of the preset becomes [0, 1], and clip what lies outside.

    With a mask on the same grid, percentiles are those of the voxels where it is not zero, and no
    background is searched for; voxels outside of it are scaled alike. Windows need no mask.
    ValueError if the mask does not fit or is empty, or if the scan is constant.
    """
    low, high = intensity_limits(image, preset, mask=mask)
    voxels = image.voxels
    if not voxels.is_floating_point():
        voxels = voxels.to(torch.float32)
    return image.with_voxels(((voxels - low) / (high - low)).clamp_(0.0, 1.0))


def intensity_limits(
    image: Image, preset: IntensityPreset, *, mask: Image | None = None
) -> tuple[float, float]:
    """Return the grey values that `normalise` takes to 0 and to 1."""
    if isinstance(preset.range, Window):
        return preset.range.low_hu, preset.range.high_hu
    values = image.voxels.flatten() if mask is None else _inside(image, mask)
    if mask is None:
        values = _foreground(values, preset.range.background_fraction)
    low, high = percentiles(values, (preset.range.low, preset.range.high))
    if low == high:
        # The foreground is flat, as in a phantom: then the background is what it differs from.
        low = float(image.voxels.min())
    if not low < high:
        msg = f"Give another scan or mask: every voxel has the value {low:g}."
        raise ValueError(msg)
    return low, high


def _inside(image: Image, mask: Image) -> torch.Tensor:
    if not mask.grid.matches(image.grid):
        msg = "Resample the mask to the grid of the scan first: they lie on different grids."
        raise ValueError(msg)
    values = image.voxels[mask.voxels.to(image.voxels.device) != 0]
    if values.numel() == 0:
        msg = "Give a mask with at least one voxel: this one is empty."
        raise ValueError(msg)
    return values


def _foreground(values: torch.Tensor, background_fraction: float) -> torch.Tensor:
    low, high = percentiles(values, (2.0, 98.0))
    if low == high:
        low, high = float(values.min()), float(values.max())
    found = values[values > low + background_fraction * (high - low)]
    return found if found.numel() else values
