"""VoxelMorph-1 and -2 (Balakrishnan et al., CVPR 2018; methods §5.1)."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn

from vpreg.networks.batches import at_least_single
from vpreg.networks.flow_head import flow_convolution
from vpreg.networks.network import FieldNetwork, Prediction
from vpreg.networks.strided_unet import StridedUNet

ENCODER = (16, 32, 32, 32)
DECODER_1 = (32, 32, 32, 32, 8, 8)
DECODER_2 = (32, 32, 32, 32, 32, 16, 16)


class VoxelMorph(FieldNetwork):
    """A displacement at full resolution; its channels are voxels in axis order already."""

    divisor = 16

    def __init__(
        self,
        *,
        encoder: Sequence[int] = ENCODER,
        decoder: Sequence[int] = DECODER_2,
        mask_channel: bool = False,
    ) -> None:
        super().__init__(mask_channel=mask_channel)
        self.unet = StridedUNet(self.input_channels, encoder=encoder, decoder=decoder)
        self.flow = flow_convolution(self.unet.features)

    def forward(
        self, fixed: torch.Tensor, moving: torch.Tensor, mask: torch.Tensor | None = None
    ) -> Prediction:
        """Return the field; the authors stack the moving scan first."""
        u = at_least_single(self.flow(self.unet(self.stack(moving, fixed, mask))))
        return Prediction(u=u, smooth=(u,))


def parameter_count(network: nn.Module) -> int:
    """Return how many numbers a network has learned."""
    return sum(parameter.numel() for parameter in network.parameters())
