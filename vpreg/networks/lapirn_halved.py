"""LapIRN as it ran in Learn2Reg 2020: on images of half the resolution (methods §6.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import torch
import torch.nn.functional as functional
from torch import nn

from vpreg.fields.resize import resize_field
from vpreg.fields.sampling import Shape, shape_of
from vpreg.networks.lapirn import LapIRN
from vpreg.networks.network import FieldNetwork, Prediction, check_shapes


class LapIRNHalved(FieldNetwork):
    """The three levels on halved images; labels supervise every level in training.

    Prediction.levels holds the fields for that, each on its own grid.
    """

    divisor = 16

    def __init__(
        self,
        *,
        diffeomorphic: bool = False,
        channels: int = 28,
        reach: float = 0.4,
        mask_channel: bool = False,
        home_shape: Sequence[int] | None = None,
    ) -> None:
        """Give `home_shape` of the whole images; the levels see half of it."""
        super().__init__(mask_channel=mask_channel)
        self.pyramid = LapIRN(
            diffeomorphic=diffeomorphic,
            channels=channels,
            reach=reach,
            mask_channel=mask_channel,
            home_shape=None if home_shape is None else [n // 2 for n in home_shape],
        )

    def forward(
        self,
        fixed: torch.Tensor,
        moving: torch.Tensor,
        mask: torch.Tensor | None = None,
        levels: int | None = None,
    ) -> Prediction:
        """Return the field on the whole grid, or of the first levels on their own grid."""
        check_shapes(fixed, moving, divisor=self.divisor)
        halved_mask = None if mask is None else halve_images(mask)
        found: Prediction = self.pyramid(
            halve_images(fixed), halve_images(moving), halved_mask, levels=levels
        )
        if levels is not None:
            return found
        return replace(found, u=_enlarge(found.u, shape_of(fixed)))

    def at_level(self, x: torch.Tensor, level: int) -> torch.Tensor:
        """Return an image (B, C, K, J, I) as the grid of a level, from 1, has it."""
        return self.pyramid.at_level(halve_images(x), level)

    def level_modules(self) -> tuple[nn.Module, ...]:
        """Return what each level has learned, coarse to fine."""
        return self.pyramid.level_modules()


def halve_images(x: torch.Tensor) -> torch.Tensor:
    """Return the images at half the resolution, face on face."""
    return functional.interpolate(x, scale_factor=0.5, mode="trilinear", align_corners=False)


def _enlarge(u: torch.Tensor, shape: Shape) -> torch.Tensor:
    return torch.stack([resize_field(one, shape) for one in u])
