"""Change the grey values of a scan, and let it look as if it came in thick slices."""

from __future__ import annotations

from dataclasses import replace

import torch

from vpreg.synthetic.acquisition import add_noise, bias_field, thick_slices
from vpreg.synthetic.randomness import Randomness
from vpreg.training.data.augmentation_settings import AugmentationSettings
from vpreg.training.data.side import Side

_BUMP = 0.9
"""The width of the bumps of a bias field, as a share of the shortest edge of the home."""


def vary_grey(
    image: torch.Tensor, random: Randomness, settings: AugmentationSettings
) -> torch.Tensor:
    """Bend, shade and blur with noise an image (K, J, I) from 0 to 1, which it stays within."""
    shape = (image.shape[0], image.shape[1], image.shape[2])
    gamma = (settings.gamma * random.normal(1).clamp(-2, 2)).exp()
    strength = random.uniform(0, settings.bias)
    shade = bias_field(random, shape, strength=strength, bump_voxels=_BUMP * min(shape))
    changed = image.clamp(0, 1).pow(gamma) * shade
    return add_noise(changed, random, sigma=random.uniform(0, settings.noise)).clamp_(0, 1)


def slice_thickly(side: Side, random: Randomness, settings: AugmentationSettings) -> Side:
    """Average the image into slices along any axis, and tell at which planes they lie."""
    every = random.integer(*settings.slice_thickness)
    image, planes = thick_slices(side.image, axis=random.integer(0, 2), every=every)
    acquired = planes.to(image.dtype)
    if side.acquired is not None:
        acquired = acquired * side.acquired
    return replace(side, image=image, acquired=acquired)
