"""What a network can do whose levels are trained one after the other."""

from __future__ import annotations

from typing import Protocol, cast

import torch
from torch import nn

from vpreg.networks.network import Network, Prediction


class PyramidNetwork(Protocol):
    """A network that refines its field from level to level, coarse to fine."""

    mask_channel: bool
    divisor: int

    def __call__(
        self,
        fixed: torch.Tensor,
        moving: torch.Tensor,
        mask: torch.Tensor | None = None,
        levels: int | None = None,
    ) -> Prediction:
        """Return the field of the first levels on the grid of the last; None: the whole network."""

    def at_level(self, x: torch.Tensor, level: int) -> torch.Tensor:
        """Return an image (B, C, K, J, I) as the grid of a level, from 1, has it."""

    def level_modules(self) -> tuple[nn.Module, ...]:
        """Return what each level has learned, coarse to fine."""


def as_pyramid(network: Network | nn.Module) -> PyramidNetwork | None:
    """Return the network if it has levels, also from within a wrapper, else None."""
    if getattr(network, "level_modules", None) is None:
        return None
    return cast("PyramidNetwork", network)
