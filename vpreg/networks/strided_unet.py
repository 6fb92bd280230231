"""The U-Net of VoxelMorph 2018: strided convolutions down, nearest neighbours up (methods §5.1)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import torch
import torch.nn.functional as functional
from torch import nn

SLOPE = 0.2
AT_HALF = 5
"""How many convolutions of the decoder lie below full resolution."""


class StridedUNet(nn.Module):
    """Four strides down; five convolutions up to half resolution, the rest of `decoder` at full.

    With five widths in `decoder` it ends at half resolution.
    """

    def __init__(self, inputs: int, *, encoder: Sequence[int], decoder: Sequence[int]) -> None:
        super().__init__()
        if len(encoder) != 4 or len(decoder) < AT_HALF:
            msg = "Give four widths for the encoder and at least five for the decoder."
            raise ValueError(msg)
        e, d = list(encoder), list(decoder)
        self.down = _chain([inputs, *e], stride=2)
        # Each of the first three is followed by an enlargement and the skip from the encoder.
        self.up = nn.ModuleList(
            nn.Conv3d(n, m, 3, padding=1)
            for n, m in ((e[3], d[0]), (d[0] + e[2], d[1]), (d[1] + e[1], d[2]))
        )
        self.at_half = _chain([d[2] + e[0], d[3], d[4]])
        self.full = _chain([d[4] + inputs, *d[AT_HALF:]]) if len(d) > AT_HALF else None
        self.features = d[-1]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return features of (B, C, K, J, I), whose axes are multiples of 16."""
        skips = [x]
        for convolution in self.down:
            skips.append(_activate(convolution(_pad_like_keras(skips[-1]))))
        y = skips[4]
        for convolution, skip in zip(self.up, (skips[3], skips[2], skips[1]), strict=True):
            y = torch.cat((_double(_activate(convolution(y))), skip), dim=1)
        for convolution in self.at_half:
            y = _activate(convolution(y))
        if self.full is not None:
            y = torch.cat((_double(y), x), dim=1)
            for convolution in self.full:
                y = _activate(convolution(y))
        return y


def _chain(widths: Sequence[int], *, stride: int = 1) -> nn.ModuleList:
    pairs = itertools.pairwise(widths)
    padding = 1 if stride == 1 else 0
    return nn.ModuleList(nn.Conv3d(n, m, 3, stride=stride, padding=padding) for n, m in pairs)


def _activate(x: torch.Tensor) -> torch.Tensor:
    return functional.leaky_relu(x, SLOPE)


def _pad_like_keras(x: torch.Tensor) -> torch.Tensor:
    """Pad the far side only: what "same" means to Keras for a stride of 2 over an even size."""
    return functional.pad(x, (0, 1, 0, 1, 0, 1))


def _double(x: torch.Tensor) -> torch.Tensor:
    return functional.interpolate(x, scale_factor=2, mode="nearest")
