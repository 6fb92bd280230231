"""Stages of shifted-window attention, built of MONAI's blocks."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

import torch
from torch import nn


class SwinStage(nn.Module):
    """Some blocks of attention at one resolution, on (B, C, K, J, I)."""

    def __init__(
        self,
        channels: int,
        *,
        depth: int,
        heads: int,
        window: Sequence[int],
        drop_path: list[float],
    ) -> None:
        super().__init__()
        self.swin = monai_blocks()
        self.window = tuple(window)
        self.shift = tuple(n // 2 for n in window)
        still = (0,) * len(self.window)
        self.blocks = nn.ModuleList(
            self.swin.SwinTransformerBlock(
                dim=channels,
                num_heads=heads,
                window_size=self.window,
                shift_size=self.shift if index % 2 else still,
                drop_path=drop_path[index],
            )
            for index in range(depth)
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Keep the shape."""
        shape = tuple(x.shape[2:])
        window, shift = self.swin.get_window_size(shape, self.window, self.shift)
        padded = [-(-n // w) * w for n, w in zip(shape, window, strict=True)]
        mask = self.swin.compute_mask(padded, window, shift, x.device)
        y = x.permute(0, 2, 3, 4, 1).contiguous()
        for block in self.blocks:
            y = block(y, mask)
        return y.permute(0, 4, 1, 2, 3)


class SwinMerging(nn.Module):
    """Halve the resolution and double the channels."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.merge = monai_blocks().PatchMergingV2(channels)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Take (B, C, K, J, I) to (B, 2 C, K / 2, J / 2, I / 2)."""
        merged: torch.Tensor = self.merge(x.permute(0, 2, 3, 4, 1))
        return merged.permute(0, 4, 1, 2, 3)


def monai_blocks() -> Any:  # noqa: ANN401 - a module without types
    """Return MONAI's module of Swin blocks; ValueError says how to install it."""
    try:
        return importlib.import_module("monai.networks.nets.swin_unetr")
    except ModuleNotFoundError as error:
        msg = "Install MONAI for TransMorph (pip install monai), or choose another network."
        raise ValueError(msg) from error
