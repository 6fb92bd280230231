"""One level of a Laplacian pyramid network (Mok and Chung, MICCAI 2020; methods §6.1)."""

from __future__ import annotations

import torch
import torch.nn.functional as functional
from torch import nn

SLOPE = 0.2
BLOCKS = 5


class ResidualBlock(nn.Module):
    """Two convolutions, each after its activation, beside a skip."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = conv3(channels, channels)
        self.second = conv3(channels, channels)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Keep the shape."""
        inner = self.first(functional.leaky_relu(x, SLOPE))
        kept: torch.Tensor = self.second(functional.leaky_relu(inner, SLOPE)) + x
        return kept


class PyramidLevel(nn.Module):
    """From the inputs of a level to a residual in unit coordinates and an embedding."""

    def __init__(self, inputs: int, channels: int, *, reach: float) -> None:
        super().__init__()
        self.reach = reach
        activation = nn.LeakyReLU(SLOPE)
        self.encoder = nn.Sequential(conv3(inputs, channels), activation, conv3(channels, channels))
        self.down = conv3(channels, channels, stride=2)
        self.blocks = nn.ModuleList(ResidualBlock(channels) for _ in range(BLOCKS))
        self.up = nn.ConvTranspose3d(channels, channels, 2, stride=2, bias=False)
        self.head = nn.Sequential(
            conv3(2 * channels, channels), activation, conv3(channels, 3), nn.Softsign()
        )

    def forward(
        self, inputs: torch.Tensor, coarser: torch.Tensor | None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return (residual, embedding); `coarser` is the embedding of the level before.

        The residual lies in -reach to reach: torch's unit coordinates, reversed channels.
        """
        detail = self.encoder(inputs)
        x = self.down(detail)
        if coarser is not None:
            x = x + coarser
        for block in self.blocks:
            x = functional.leaky_relu(block(x), SLOPE)
        embedding = self.up(x)
        residual = self.head(torch.cat((embedding, detail), dim=1)) * self.reach
        return residual, embedding


def conv3(inputs: int, outputs: int, *, stride: int = 1) -> nn.Conv3d:
    """Return a 3x3x3 convolution without bias that keeps the shape, or halves it."""
    return nn.Conv3d(inputs, outputs, 3, stride=stride, padding=1, bias=False)
