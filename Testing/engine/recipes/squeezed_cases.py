"""An organ in a ball whose middle is squeezed."""

import torch

from vpreg.images.cropping import Box
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.recipes.prepare import Prepared

SIZE = 32


def offsets():
    axis = torch.arange(SIZE) - (SIZE - 1) / 2
    return torch.stack(torch.meshgrid(axis, axis, axis, indexing="ij"))


def from_middle():
    return offsets().norm(dim=0)


def prepared():
    organ = (from_middle() < 13).float()
    grid = Grid((SIZE,) * 3, (2.0,) * 3, (0.0,) * 3, ((1, 0, 0), (0, 1, 0), (0, 0, 1)))
    scan = Image(organ, grid)
    return Prepared(Box((0,) * 3, (SIZE,) * 3), scan, scan, organ, organ, (), None, None)


def squeezing(factor, width=5.0):
    """Squeeze the middle: there lengths become 1 / (1 + factor) of what they were."""
    return factor * offsets() * torch.exp(-((from_middle() / width) ** 2))
