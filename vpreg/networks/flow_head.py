"""The last convolution of a network, from features to a field."""

from __future__ import annotations

from torch import nn

NARROW = 1e-5
"""Standard deviation of the first weights: training starts at the identity."""


def flow_convolution(features: int, *, deviation: float = NARROW, bias: float = 0.0) -> nn.Conv3d:
    """Return a convolution to three channels that begins with nearly no motion."""
    flow = nn.Conv3d(features, 3, 3, padding=1)
    nn.init.normal_(flow.weight, std=deviation)
    if flow.bias is not None:
        nn.init.constant_(flow.bias, bias)
    return flow
