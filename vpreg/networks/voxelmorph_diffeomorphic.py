"""The probabilistic diffeomorphic VoxelMorph (Dalca et al., MICCAI 2018; methods §5.2)."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from vpreg.fields.sampling import shape_of, voxel_coordinates
from vpreg.networks.batches import at_least_single, integrate_batch, warp_batch
from vpreg.networks.flow_head import flow_convolution
from vpreg.networks.network import FieldNetwork, Prediction
from vpreg.networks.strided_unet import StridedUNet
from vpreg.networks.voxelmorph import ENCODER

DECODER = (32, 32, 32, 32, 16)
STEPS = 7
SMALL_VARIANCE = 1e-10
FIRST_LOG_VARIANCE = -10.0


class VoxelMorphDiffeomorphic(FieldNetwork):
    """Mean and log-variance of a velocity at half resolution; its exponential at full."""

    divisor = 16

    def __init__(
        self,
        *,
        encoder: Sequence[int] = ENCODER,
        decoder: Sequence[int] = DECODER,
        mask_channel: bool = False,
    ) -> None:
        super().__init__(mask_channel=mask_channel)
        self.unet = StridedUNet(self.input_channels, encoder=encoder, decoder=decoder)
        self.mean = flow_convolution(self.unet.features)
        self.log_variance = flow_convolution(
            self.unet.features, deviation=SMALL_VARIANCE, bias=FIRST_LOG_VARIANCE
        )

    def forward(
        self, fixed: torch.Tensor, moving: torch.Tensor, mask: torch.Tensor | None = None
    ) -> Prediction:
        """Integrate a sample of the velocity in training, its mean otherwise."""
        features = self.unet(self.stack(moving, fixed, mask))
        mean = at_least_single(self.mean(features))
        log_variance = at_least_single(self.log_variance(features))
        velocity = mean
        if self.training:
            velocity = mean + torch.exp(log_variance / 2) * torch.randn_like(mean)
        u = double_from_origin(integrate_batch(velocity, steps=STEPS))
        return Prediction(u=u, smooth=(mean,), log_variance=log_variance)


def double_from_origin(u: torch.Tensor) -> torch.Tensor:
    """Enlarge a field as the authors do: voxel x of the result is 2 u(x / 2).

    Voxel 0 of both grids coincides, neither their faces nor their last voxels (T9). Trained weights
    have learned to live with it.
    """
    k, j, i = (2 * n for n in shape_of(u))
    half = voxel_coordinates((k, j, i), device=u.device, dtype=u.dtype) * -0.5
    return 2 * warp_batch(u, half.expand(u.shape[0], -1, -1, -1, -1))
