"""A pair as one level of a pyramid sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch

from vpreg.networks.batches import at_least_single
from vpreg.networks.pyramid import PyramidNetwork
from vpreg.training.loss.guidance import Guidance
from vpreg.training.training_pair import TrainingPair

Resize = Callable[[torch.Tensor], torch.Tensor]


@dataclass(frozen=True)
class LevelPair:
    """What a loss compares, (K, J, I) each, on the grid of the field; labels on that of the pair.

    `level` counts from 1; None is the whole network. `resize` brings (1, C, K, J, I) to the grid.
    """

    level: int | None
    resize: Resize
    fixed: torch.Tensor
    moving: torch.Tensor
    fixed_acquired: torch.Tensor | None
    moving_acquired: torch.Tensor | None
    fixed_labels: torch.Tensor | None
    moving_labels: torch.Tensor | None
    organ: torch.Tensor | None
    """Of the moving scan."""
    mask: torch.Tensor | None
    """The soft mask of the moving scan, times the share of the volume weight."""


def level_pair(
    pair: TrainingPair,
    guidance: Guidance | None,
    *,
    volume_share: float,
    pyramid: PyramidNetwork | None,
    level: int | None,
) -> LevelPair:
    """Bring everything to the grid of a level; the grid of the pair without one."""

    def resize(x: torch.Tensor) -> torch.Tensor:
        x = at_least_single(x)
        return x if pyramid is None or level is None else pyramid.at_level(x, level)

    def seen(x: torch.Tensor | None) -> torch.Tensor | None:
        return None if x is None else resize(x)[0, 0]

    return LevelPair(
        level=level,
        resize=resize,
        fixed=resize(pair.fixed)[0, 0],
        moving=resize(pair.moving)[0, 0],
        fixed_acquired=seen(pair.fixed_acquired),
        moving_acquired=seen(pair.moving_acquired),
        fixed_labels=None if pair.fixed_labels is None else pair.fixed_labels[0, 0],
        moving_labels=None if pair.moving_labels is None else pair.moving_labels[0, 0],
        organ=None if guidance is None else seen(guidance.organ),
        mask=None if guidance is None else seen(volume_share * guidance.mask),
    )
