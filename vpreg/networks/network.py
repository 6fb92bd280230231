"""What every network takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import torch
from torch import nn


@dataclass(frozen=True)
class Prediction:
    """The field of a network, and what a loss may ask for besides.

    `u` is (B, 3, K, J, I): voxels, channel c along array axis c, pull, on the grid of the inputs.
    Each author's own convention has been undone by the time it is here (T8, T9).
    """

    u: torch.Tensor
    smooth: tuple[torch.Tensor, ...]
    """The fields or velocities to regularise, each in voxels of its own grid, coarse to fine."""
    log_variance: torch.Tensor | None = None
    """Of the velocity, where the network is probabilistic."""
    affine: torch.Tensor | None = None
    """(B, 3, 4): what an affine stem adds to the identity, unit coordinates in axis order."""
    levels: tuple[torch.Tensor, ...] = ()
    """The displacement of each level of a pyramid, in voxels of that level, coarse to fine."""


class Network(Protocol):
    """A module from a pair to a field."""

    mask_channel: bool
    """Whether it takes the soft mask of the moving scan as a third input channel."""
    divisor: int
    """What the number of voxels of every axis must be a multiple of."""

    def __call__(
        self, fixed: torch.Tensor, moving: torch.Tensor, mask: torch.Tensor | None = None
    ) -> Prediction:
        """Take (B, 1, K, J, I) each, on one grid, with the grey values it was trained on."""


class FieldNetwork(nn.Module):
    """The base of all networks here: it checks and stacks the inputs."""

    divisor: int = 1

    def __init__(self, *, mask_channel: bool) -> None:
        super().__init__()
        self.mask_channel = mask_channel

    @property
    def input_channels(self) -> int:
        """The channels of the stacked inputs."""
        return 3 if self.mask_channel else 2

    def stack(
        self, first: torch.Tensor, second: torch.Tensor, mask: torch.Tensor | None
    ) -> torch.Tensor:
        """Return both images, and the mask where the network has a channel for it, as one input.

        Without a mask the third channel is zero: nothing is known to need protection.
        """
        check_shapes(first, second, divisor=self.divisor)
        if not self.mask_channel:
            if mask is not None:
                msg = "Choose a network with a mask channel, or leave the mask out."
                raise ValueError(msg)
            return torch.cat((first, second), dim=1)
        third = torch.zeros_like(first) if mask is None else mask.to(first)
        return torch.cat((first, second, third), dim=1)


def check_shapes(fixed: torch.Tensor, moving: torch.Tensor, *, divisor: int) -> None:
    """Raise ValueError unless both are (B, 1, K, J, I) alike and fit the strides of the network."""
    if fixed.shape != moving.shape or fixed.ndim != 5 or fixed.shape[1] != 1:
        shapes = f"{tuple(fixed.shape)} and {tuple(moving.shape)}"
        msg = f"Give both images as (B, 1, K, J, I) on one grid: these are {shapes}."
        raise ValueError(msg)
    shape = tuple(fixed.shape[2:])
    if any(n % divisor for n in shape):
        msg = f"Pad the images to multiples of {divisor} voxels along each axis: they are {shape}."
        raise ValueError(msg)
