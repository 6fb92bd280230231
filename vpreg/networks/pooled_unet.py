"""The U-Net of VoxelMorph 0.2: convolutions, then maximum pooling (methods §5.3)."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as functional
from torch import nn

SLOPE = 0.2


class PooledUNet(nn.Module):
    """As many levels as the encoder has widths; what is left of `decoder` runs at full size."""

    def __init__(self, inputs: int, *, encoder: Sequence[int], decoder: Sequence[int]) -> None:
        super().__init__()
        if len(decoder) < len(encoder):
            msg = "Give the decoder at least as many widths as the encoder."
            raise ValueError(msg)
        levels = len(encoder)
        skips = (inputs, *encoder)
        self.down = nn.ModuleList(
            _convolution(n, m) for n, m in zip(skips[:-1], encoder, strict=True)
        )
        widths = [encoder[-1]]
        self.up = nn.ModuleList()
        for level, width in enumerate(decoder[:levels]):
            self.up.append(_convolution(widths[-1], width))
            widths.append(width + skips[levels - level])
        self.full = nn.ModuleList()
        for width in decoder[levels:]:
            self.full.append(_convolution(widths[-1], width))
            widths.append(width)
        self.features = widths[-1]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return features at the resolution of the input."""
        skips = []
        for convolution in self.down:
            x = _activate(convolution(x))
            skips.append(x)
            x = functional.max_pool3d(x, 2)
        for convolution in self.up:
            x = functional.interpolate(_activate(convolution(x)), scale_factor=2, mode="nearest")
            x = torch.cat((x, skips.pop()), dim=1)
        for convolution in self.full:
            x = _activate(convolution(x))
        return x


def _convolution(inputs: int, outputs: int) -> nn.Conv3d:
    return nn.Conv3d(inputs, outputs, 3, padding=1)


def _activate(x: torch.Tensor) -> torch.Tensor:
    return functional.leaky_relu(x, SLOPE)
