"""TransMorph: attention down, convolutions up (Chen et al., 2022; methods §2.6)."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as functional
from torch import nn

from vpreg.networks.batches import at_least_single
from vpreg.networks.flow_head import flow_convolution
from vpreg.networks.network import FieldNetwork, Prediction
from vpreg.networks.swin_stage import SwinMerging, SwinStage

PATCH = 4
SLOPE = 0.2


class TransMorph(FieldNetwork):
    """Patches of four voxels through four stages of attention; a displacement at full size."""

    divisor = 32

    def __init__(
        self,
        *,
        embedding: int = 96,
        depths: Sequence[int] = (2, 2, 4, 2),
        heads: Sequence[int] = (4, 4, 8, 8),
        window: Sequence[int] = (5, 6, 7),
        drop_path: float = 0.3,
        features: int = 16,
        mask_channel: bool = False,
    ) -> None:
        super().__init__(mask_channel=mask_channel)
        inputs = self.input_channels
        self.patches = nn.Conv3d(inputs, embedding, PATCH, stride=PATCH)
        self.patch_norm = nn.GroupNorm(1, embedding)
        widths = [embedding * 2**n for n in range(len(depths))]
        self.stages = _stages(widths, depths, heads, window, drop_path)
        self.merging = nn.ModuleList(SwinMerging(width) for width in widths[:-1])
        self.at_half = _block(inputs, embedding // 2)
        self.at_full = _block(inputs, features)
        skips = [*widths[-2::-1], embedding // 2, features]
        wide = [widths[-1], *skips]
        self.up = nn.ModuleList(_Up(n, skip) for n, skip in zip(wide[:-1], skips, strict=True))
        self.flow = flow_convolution(features)

    def forward(
        self, fixed: torch.Tensor, moving: torch.Tensor, mask: torch.Tensor | None = None
    ) -> Prediction:
        """Return the field; the authors stack the moving scan first."""
        images = self.stack(moving, fixed, mask)
        halved = functional.avg_pool3d(images, 3, stride=2, padding=1)
        skips = [self.at_full(images), self.at_half(halved)]
        x = self.patch_norm(self.patches(images))
        for index, stage in enumerate(self.stages):
            x = stage(x)
            skips.append(x)
            if index < len(self.merging):
                x = self.merging[index](x)
        x = skips.pop()
        for up in self.up:
            x = up(x, skips.pop())
        u = at_least_single(self.flow(x))
        return Prediction(u=u, smooth=(u,))


class _Up(nn.Module):
    """Enlarge, join the skip, convolve twice."""

    def __init__(self, inputs: int, skip: int) -> None:
        super().__init__()
        self.first = _block(inputs + skip, skip)
        self.second = _block(skip, skip)

    def forward(self, x: torch.Tensor, skip: torch.Tensor) -> torch.Tensor:
        size = list(skip.shape[2:])
        x = functional.interpolate(x, size=size, mode="trilinear", align_corners=False)
        joined: torch.Tensor = self.second(self.first(torch.cat((x, skip), dim=1)))
        return joined


def _block(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv3d(inputs, outputs, 3, padding=1, bias=False),
        nn.InstanceNorm3d(outputs),
        nn.LeakyReLU(SLOPE),
    )


def _stages(
    widths: Sequence[int],
    depths: Sequence[int],
    heads: Sequence[int],
    window: Sequence[int],
    drop_path: float,
) -> nn.ModuleList:
    total = sum(depths)
    # Deeper blocks are left out more often in training.
    rates = [drop_path * n / max(1, total - 1) for n in range(total)]
    stages = nn.ModuleList()
    for width, depth, count in zip(widths, depths, heads, strict=True):
        own, rates = rates[:depth], rates[depth:]
        stages.append(SwinStage(width, depth=depth, heads=count, window=window, drop_path=own))
    return stages
