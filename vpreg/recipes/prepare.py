"""Bring two scans onto one grid with comparable grey values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

from vpreg.images.cropping import Box, bounding_box, crop
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.intensity import normalise
from vpreg.images.interpolation import Interpolation
from vpreg.images.preset_choice import guess_preset
from vpreg.images.presets import load_preset
from vpreg.images.resampling import resample, resample_through
from vpreg.masks.foreground import find_foreground
from vpreg.metrics.components import LesionIdentity, separate_lesions
from vpreg.recipes.inputs import Inputs
from vpreg.solvers.objective import SliceProfile

MARGIN_MM = 8.0
"""Room around the body, so that nothing that matters moves at the border of the working grid."""


@dataclass(frozen=True)
class Prepared:
    """Normalised images and masks (float, 0 to 1) on the working grid, a box of the fixed grid.

    All that belongs to the moving scan has been laid there by the affine.
    """

    box: Box
    fixed: Image
    moving: Image
    fixed_organ: torch.Tensor
    moving_organ: torch.Tensor
    lesions: tuple[torch.Tensor, ...]
    fixed_weight: torch.Tensor | None
    moving_weight: torch.Tensor | None
    profile: SliceProfile | None = None

    @property
    def grid(self) -> Grid:
        """The working grid."""
        return self.fixed.grid


def normalise_scan(image: Image, preset: str) -> Image:
    """Scale the grey values by a preset; "auto" looks at the scan."""
    return normalise(image, guess_preset(image) if preset == "auto" else load_preset(preset))


def find_organ(normalised: Image, given: Image | None) -> Image:
    """Return the organ of a scan as a mask 0 or 1 on its grid: the given one, or the foreground."""
    if given is None:
        return find_foreground(normalised)
    mask = Image((given.voxels != 0).to(normalised.voxels.dtype), given.grid)
    return on_grid_of(normalised, mask).to(normalised.voxels.device)


def on_grid_of(scan: Image, mask: Image) -> Image:
    """Return a mask or label map on the grid of its scan: as it is, or by nearest neighbours."""
    if mask.grid.matches(scan.grid):
        return mask
    return resample(mask, scan.grid, interpolation=Interpolation.NEAREST)


def prepare(
    inputs: Inputs, fixed: Image, moving: Image, affine_lps: np.ndarray, *, organs: Organs
) -> Prepared:
    """Lay everything on the working grid; `fixed` and `moving` are normalised already."""

    def laid(image: Image) -> Image:
        return resample_through(
            Image(image.voxels.to(torch.float32), image.grid), fixed.grid, affine_lps
        )

    moving_organ = laid(organs.moving)
    # All that is body takes part, not the organ alone: a field that ended inside the body would
    # tear at its end.
    seen = (organs.fixed.voxels > 0.5) | (moving_organ.voxels > 0.5)
    seen |= find_foreground(fixed).voxels > 0.5
    seen |= laid(find_foreground(moving)).voxels > 0.5
    box = bounding_box(fixed.with_voxels(seen), margin_mm=MARGIN_MM)

    def cut(image: Image) -> torch.Tensor:
        return crop(image, box).voxels.contiguous()

    fixed_weight = _kept(inputs.fixed_mask, lambda m: cut(find_organ(fixed, m)))
    moving_weight = _kept(inputs.moving_mask, lambda m: cut(laid(find_organ(moving, m))))
    seen_fixed = _kept(inputs.fixed_confidence, lambda c: cut(_sampled(c, fixed)))
    seen_moving = _kept(inputs.moving_confidence, lambda c: cut(laid(_sampled(c, moving))))
    return Prepared(
        box=box,
        fixed=crop(fixed, box),
        moving=crop(laid(moving), box),
        fixed_organ=cut(organs.fixed),
        moving_organ=cut(moving_organ),
        lesions=tuple(cut(laid(lesion)) for lesion in _lesions(inputs, moving)),
        fixed_weight=_both(fixed_weight, seen_fixed),
        moving_weight=_both(moving_weight, seen_moving),
        profile=inputs.fixed_profile,
    )


@dataclass(frozen=True)
class Organs:
    """The organ in either scan, on the scan's own grid."""

    fixed: Image
    moving: Image


def _kept(mask: Image | None, lay: Callable[[Image], torch.Tensor]) -> torch.Tensor | None:
    return None if mask is None else lay(mask)


def _sampled(confidence: Image, scan: Image) -> Image:
    return resample(confidence.to(scan.voxels.device), scan.grid)


def _both(first: torch.Tensor | None, second: torch.Tensor | None) -> torch.Tensor | None:
    if first is None or second is None:
        return first if second is None else second
    return first * second


def _lesions(inputs: Inputs, moving: Image) -> list[Image]:
    if inputs.moving_tumor is None:
        return []
    tumor = inputs.moving_tumor
    labels = separate_lesions(tumor.voxels, LesionIdentity.COMPONENTS).to(moving.voxels.device)
    count = int(labels.max())
    return [Image((labels == n).to(torch.float32), tumor.grid) for n in range(1, count + 1)]
