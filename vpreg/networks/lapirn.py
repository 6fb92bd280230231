"""LapIRN: a field refined over three levels (Mok and Chung, MICCAI 2020; methods §6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as functional
from torch import nn

from vpreg.networks.batches import at_least_single, integrate_batch, warp_batch
from vpreg.networks.lapirn_level import PyramidLevel
from vpreg.networks.network import FieldNetwork, Prediction

LEVELS = 3


@dataclass(frozen=True)
class _Step:
    """What one level hands to the next: unit coordinates, reversed channels."""

    displacement: torch.Tensor
    parameters: torch.Tensor
    """The velocity, or the displacement itself where nothing is integrated."""
    embedding: torch.Tensor
    voxels_per_unit: torch.Tensor


class LapIRN(FieldNetwork):
    """Three levels, coarse to fine, each adding to the field of the one before."""

    divisor = 8

    def __init__(
        self,
        *,
        diffeomorphic: bool,
        channels: int = 28,
        reach: float = 0.4,
        mask_channel: bool = False,
        home_shape: Sequence[int] | None = None,
    ) -> None:
        """Give `home_shape`, that of training, to hold what a unit means on other grids."""
        super().__init__(mask_channel=mask_channel)
        self.diffeomorphic = diffeomorphic
        self.home_shape = None if home_shape is None else tuple(home_shape)
        images = self.input_channels
        inputs = [images, *[images + 3] * (LEVELS - 1)]
        self.levels = nn.ModuleList(PyramidLevel(n, channels, reach=reach) for n in inputs)

    def forward(
        self,
        fixed: torch.Tensor,
        moving: torch.Tensor,
        mask: torch.Tensor | None = None,
        levels: int | None = None,
    ) -> Prediction:
        """Return the field of all levels, or of the first ones on the grid of the last of them.

        One level works on a quarter of the resolution, two on a half.
        """
        pyramid = [self.stack(moving, fixed, mask)]
        for _ in range(LEVELS - 1):
            pyramid.insert(0, halve(pyramid[0]))
        steps: list[_Step] = []
        for index in range(LEVELS if levels is None else levels):
            unit = self._voxels_per_unit(pyramid[index], index)
            before = steps[-1] if steps else None
            steps.append(self._step(self.levels[index], pyramid[index], before, unit))
        displacements = tuple(to_voxels(step.displacement, step) for step in steps)
        smooth = tuple(to_voxels(step.parameters, step) for step in steps)
        return Prediction(u=displacements[-1], smooth=smooth, levels=displacements)

    def at_level(self, x: torch.Tensor, level: int) -> torch.Tensor:
        """Return an image (B, C, K, J, I) as the grid of a level, from 1, has it."""
        for _ in range(LEVELS - level):
            x = halve(x)
        return x

    def level_modules(self) -> tuple[nn.Module, ...]:
        """Return what each level has learned, coarse to fine."""
        return tuple(self.levels)

    def _step(
        self,
        level: nn.Module,
        images: torch.Tensor,
        before: _Step | None,
        voxels_per_unit: torch.Tensor,
    ) -> _Step:
        if before is None:
            residual, embedding = level(images, None)
            parameters = at_least_single(residual)
        else:
            coarse = double(before.parameters)
            guess = double(before.displacement).flip(1) * voxels_per_unit
            # What belongs to the moving scan follows the field so far; the fixed scan stays.
            moving, fixed, mask = images[:, :1], images[:, 1:2], images[:, 2:]
            followed = warp_batch(torch.cat((moving, mask), dim=1), guess)
            parts = (followed[:, :1], fixed, followed[:, 1:], coarse)
            residual, embedding = level(torch.cat(parts, dim=1), before.embedding)
            parameters = at_least_single(residual) + coarse
        displacement = parameters
        if self.diffeomorphic:
            u = integrate_batch(parameters.flip(1) * voxels_per_unit)
            displacement = (u / voxels_per_unit).flip(1)
        return _Step(displacement, parameters, embedding, voxels_per_unit)

    def _voxels_per_unit(self, like: torch.Tensor, index: int) -> torch.Tensor:
        """Return half of N - 1 for each axis: units have aligned corners (T8)."""
        shape: Sequence[int] = like.shape[2:]
        if self.home_shape is not None:
            shape = [n // 2 ** (LEVELS - 1 - index) for n in self.home_shape]
        half = [(n - 1) / 2 for n in shape]
        return torch.tensor(half, device=like.device, dtype=like.dtype).view(1, 3, 1, 1, 1)


def to_voxels(unit: torch.Tensor, step: _Step) -> torch.Tensor:
    """Undo the authors' convention: voxels in axis order."""
    return unit.flip(1) * step.voxels_per_unit


def halve(x: torch.Tensor) -> torch.Tensor:
    """Return the next coarser image of the pyramid."""
    return functional.avg_pool3d(x, 3, stride=2, padding=1, count_include_pad=False)


def double(x: torch.Tensor) -> torch.Tensor:
    """Return a unit field on the next finer grid; units need no scaling there."""
    return functional.interpolate(x, scale_factor=2, mode="trilinear", align_corners=False)
