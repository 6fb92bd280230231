"""The recursive cascade of volume tweening networks (Zhao et al., ICCV 2019; methods §3)."""

from __future__ import annotations

import torch
from torch import nn

from vpreg.fields.sampling import shape_of
from vpreg.networks.affine_stem import AffineStem, affine_field
from vpreg.networks.batches import at_least_single, compose_batch, warp_batch
from vpreg.networks.network import FieldNetwork, Prediction
from vpreg.networks.vtn_subnetwork import VTNSubnetwork

REACH_VOXELS = 20.0
"""What a raw flow of 1 means, shared among the cascades."""


class VTN(FieldNetwork):
    """An affine stem, then cascades that each see the fixed scan and what was warped so far."""

    divisor = 64

    def __init__(
        self,
        *,
        cascades: int = 3,
        width: int = 16,
        affine_stem: bool = True,
        mask_channel: bool = False,
    ) -> None:
        super().__init__(mask_channel=mask_channel)
        if cascades < 1:
            msg = "Give at least one cascade."
            raise ValueError(msg)
        self.stem = AffineStem(self.input_channels, width=width) if affine_stem else None
        self.cascades = nn.ModuleList(
            VTNSubnetwork(self.input_channels, width=width) for _ in range(cascades)
        )
        self.scale = REACH_VOXELS / cascades

    def forward(
        self, fixed: torch.Tensor, moving: torch.Tensor, mask: torch.Tensor | None = None
    ) -> Prediction:
        """Return the aggregate field, which includes the affine part (T3)."""
        images = self.stack(fixed, moving, mask)
        affine, u = None, fixed.new_zeros((fixed.shape[0], 3, *fixed.shape[2:]))
        if self.stem is not None:
            affine = at_least_single(self.stem(images))
            u = affine_field(affine, shape_of(fixed))
        flows = []
        for cascade in self.cascades:
            flow = at_least_single(cascade(self._warped(images, u))) * self.scale
            flows.append(flow)
            u = compose_batch(flow, u)
        return Prediction(u=u, smooth=tuple(flows), affine=affine)

    def _warped(self, images: torch.Tensor, u: torch.Tensor) -> torch.Tensor:
        """Pull all but the fixed scan through the field so far."""
        return torch.cat((images[:, :1], warp_batch(images[:, 1:], u)), dim=1)
