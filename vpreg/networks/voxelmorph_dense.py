"""VoxelMorph as its version 0.2 builds it, whose checkpoints circulate most (methods §5.3)."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as functional

from vpreg.fields.sampling import Padding
from vpreg.networks.batches import at_least_single, integrate_batch
from vpreg.networks.flow_head import flow_convolution
from vpreg.networks.network import FieldNetwork, Prediction
from vpreg.networks.pooled_unet import PooledUNet

ENCODER = (16, 32, 32, 32)
DECODER = (32, 32, 32, 32, 32, 16, 16)


class VoxelMorphDense(FieldNetwork):
    """A displacement, or with `steps` above 0 the exponential of a velocity on a coarser grid."""

    def __init__(
        self,
        *,
        encoder: Sequence[int] = ENCODER,
        decoder: Sequence[int] = DECODER,
        steps: int = 7,
        shrink: int = 2,
        mask_channel: bool = False,
    ) -> None:
        super().__init__(mask_channel=mask_channel)
        self.divisor = max(2 ** len(encoder), shrink)
        self.steps = steps
        self.shrink = shrink if steps else 1
        self.unet = PooledUNet(self.input_channels, encoder=encoder, decoder=decoder)
        self.flow = flow_convolution(self.unet.features)

    def forward(
        self, fixed: torch.Tensor, moving: torch.Tensor, mask: torch.Tensor | None = None
    ) -> Prediction:
        """Return the field; the authors stack the moving scan first."""
        v = at_least_single(self.flow(self.unet(self.stack(moving, fixed, mask))))
        if self.shrink > 1:
            v = resize_by_corners(v, 1 / self.shrink)
        if not self.steps:
            return Prediction(u=v, smooth=(v,))
        # The authors' sampler sees zeros outside, hence no motion there.
        u = integrate_batch(v, steps=self.steps, padding=Padding.ZEROS)
        if self.shrink > 1:
            u = resize_by_corners(u, float(self.shrink))
        return Prediction(u=u, smooth=(v,))


def resize_by_corners(u: torch.Tensor, factor: float) -> torch.Tensor:
    """Resize a field as the authors do: corners aligned, yet scaled by the ratio of sizes.

    The true factor would be (N' - 1)/(N - 1) (T9); trained weights have learned to live with it.
    """
    resized = functional.interpolate(u, scale_factor=factor, mode="trilinear", align_corners=True)
    return resized * factor
