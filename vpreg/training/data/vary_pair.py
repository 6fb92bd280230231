"""Vary a pair on the home grid."""

from __future__ import annotations

from dataclasses import replace

import torch

from vpreg.synthetic.randomness import Randomness
from vpreg.training.data.augmentation_settings import ThickScans
from vpreg.training.data.data_settings import DataSettings
from vpreg.training.data.paste_lesions import paste_lesions
from vpreg.training.data.side import Side
from vpreg.training.data.vary_grey import slice_thickly, vary_grey
from vpreg.training.data.vary_position import draw_flips, mirror


def vary_pair(
    fixed: Side, moving: Side, random: Randomness, settings: DataSettings
) -> tuple[Side, Side]:
    """Return a pair with lesions in the moving scan, mirrored, sliced and shaded by chance."""
    varied = settings.augmentation
    if random.chance(varied.paste_lesions):
        first = 1 + max(_largest(fixed.tumor), _largest(moving.tumor))
        moving = paste_lesions(moving, random, settings.generator, first_label=first)
    axes = draw_flips(random, varied, settings.home_axes)
    return (
        _seen(mirror(fixed, axes), random, settings, unlike=ThickScans.MOVING),
        _seen(mirror(moving, axes), random, settings, unlike=ThickScans.FIXED),
    )


def _seen(side: Side, random: Randomness, settings: DataSettings, *, unlike: ThickScans) -> Side:
    """Let a scanner see one side in its own way; with thick slices `unlike` it has thin ones."""
    varied = settings.augmentation
    if random.chance(varied.thick_slices) and varied.thick_scans is not unlike:
        side = slice_thickly(side, random, varied)
    if random.chance(varied.intensity):
        side = replace(side, image=vary_grey(side.image, random, varied))
    return side


def _largest(labels: torch.Tensor | None) -> int:
    return 0 if labels is None else int(labels.max())
