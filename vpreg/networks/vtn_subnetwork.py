"""One deformable cascade of the volume tweening network (Zhao et al., 2019; methods §2.6, §3)."""

from __future__ import annotations

import itertools

import torch
import torch.nn.functional as functional
from torch import nn

SLOPE = 0.1
WIDTHS = (1, 2, 4, 8, 16, 32)
"""Of the six strides, in units of the first; from the third on, a second convolution follows."""


class VTNEncoder(nn.Module):
    """Six strides; the features of every one of them, fine to coarse."""

    def __init__(self, inputs: int, *, width: int = 16) -> None:
        super().__init__()
        widths = [inputs, *(width * n for n in WIDTHS)]
        self.widths = widths[1:]
        self.strides = nn.ModuleList(
            nn.Conv3d(n, m, 3, stride=2, padding=1) for n, m in itertools.pairwise(widths)
        )
        self.seconds = nn.ModuleList(nn.Conv3d(n, n, 3, padding=1) for n in self.widths[2:])

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        """Return six feature maps; the last is a 64th of the resolution."""
        found = []
        for index, stride in enumerate(self.strides):
            x = activate(stride(x))
            if index >= 2:
                x = activate(self.seconds[index - 2](x))
            found.append(x)
        return found


class VTNSubnetwork(nn.Module):
    """Predict a flow at every level, carry it up, and add detail."""

    def __init__(self, inputs: int, *, width: int = 16) -> None:
        super().__init__()
        self.encoder = VTNEncoder(inputs, width=width)
        widths = self.encoder.widths
        self.flows = nn.ModuleList()
        self.flow_ups = nn.ModuleList()
        self.feature_ups = nn.ModuleList()
        features = widths[-1]
        for skip in reversed(widths[:-1]):
            self.flows.append(nn.Conv3d(features, 3, 3, padding=1))
            self.flow_ups.append(nn.ConvTranspose3d(3, 3, 4, stride=2, padding=1))
            self.feature_ups.append(nn.ConvTranspose3d(features, skip, 4, stride=2, padding=1))
            features = 2 * skip + 3
        self.last = nn.ConvTranspose3d(features, 3, 4, stride=2, padding=1)
        start_still(self.last)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return a flow at the resolution of the input, not scaled yet."""
        *skips, features = self.encoder(x)
        carried = zip(self.flows, self.flow_ups, self.feature_ups, reversed(skips), strict=True)
        for flow, flow_up, feature_up, skip in carried:
            finer = activate(feature_up(features))
            features = torch.cat((skip, finer, flow_up(flow(features))), dim=1)
        predicted: torch.Tensor = self.last(features)
        return predicted


def activate(x: torch.Tensor) -> torch.Tensor:
    """Apply the leaky rectifier of these networks."""
    return functional.leaky_relu(x, SLOPE)


def start_still(layer: nn.ConvTranspose3d) -> None:
    """Begin training at the identity, nearly."""
    nn.init.normal_(layer.weight, std=1e-5)
    if layer.bias is not None:
        nn.init.zeros_(layer.bias)
