"""The organ of the moving scan, given or found."""

from __future__ import annotations

import torch

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.masks.foreground import find_foreground
from vpreg.networks.home_grid import HomeGrid
from vpreg.training.training_pair import TrainingPair


def moving_organ(pair: TrainingPair, home: HomeGrid) -> torch.Tensor:
    """Return the organ mask (1, 1, K, J, I) of a pair, else what stands out from the background.

    Looking for it runs on the CPU: give the masks where steps are short.
    """
    if pair.moving_organ is not None:
        return pair.moving_organ
    voxels = pair.moving[0, 0].float() / home.grey_value_of_one
    return find_foreground(Image(voxels, home_image_grid(pair, home))).voxels[None, None]


def home_image_grid(pair: TrainingPair, home: HomeGrid) -> Grid:
    """Return a grid of the spacing of the home, with the shape of the pair."""
    k, j, i = pair.moving.shape[2:]
    return Grid((k, j, i), home.spacing_mm or (1.0, 1.0, 1.0))
