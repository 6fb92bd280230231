"""The loss of the published method for one pair (Dong et al., ICCV 2023; methods §2.4)."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.fields.warp import warp
from vpreg.images.pyramid import downsample
from vpreg.regularity.diffusion import Diffusion
from vpreg.regularity.stencils import DeterminantStencil
from vpreg.regularity.volume_preservation_paper import VolumePreservationPaper
from vpreg.similarity.loss import as_loss
from vpreg.similarity.pearson_paper import PaperPearson
from vpreg.solvers.level import Level
from vpreg.solvers.objective import Objective
from vpreg.solvers.penalty_settings import PenaltySettings


@dataclass(frozen=True)
class LossParts:
    """The three terms, each before its weight; `volume` is 1 at best (T15), 0 without a mask."""

    similarity: torch.Tensor
    smoothness: torch.Tensor
    volume: torch.Tensor

    def total(self, settings: PenaltySettings) -> torch.Tensor:
        """Return the loss."""
        penalty = settings.smoothness_weight * self.smoothness
        return self.similarity + penalty + settings.volume_weight * self.volume


class PublishedLoss:
    """The loss of a field at one level. The affine has been applied before: it has no terms here.

    The mask, the organ and its ratio follow the field anew at each call and are constants: there is
    no gradient through them (T4, T20).
    """

    def __init__(
        self, fixed: torch.Tensor, moving: torch.Tensor, objective: Objective, level: Level
    ) -> None:
        self.moving = downsample(moving, level.factor)
        self._similarity = as_loss(PaperPearson(downsample(fixed, level.factor)))
        self._smoothness = as_loss(Diffusion(level.image_spacing_mm))
        self._fixed_weight = _small(objective.fixed_weight, level)
        self._moving_weight = _small(objective.moving_weight, level)
        target = objective.volume
        self._mask = None if target is None else downsample(target.mask, level.factor)
        self._organ = None if target is None else downsample(target.organ, level.factor)

    def parts(self, u: torch.Tensor) -> LossParts:
        """Return the terms of a field (3, K, J, I) on the grid of the images of the level."""
        now = u.detach()
        mask = None if self._mask is None else warp(self._mask, now)
        return LossParts(
            similarity=self._similarity(warp(self.moving, u), self._weight(now, mask)),
            smoothness=self._smoothness(u),
            volume=(0.0 * u).sum() if mask is None else self._volume(u, mask),
        )

    def _volume(self, u: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        term = VolumePreservationPaper(self.organ_ratio(u), DeterminantStencil.BACKWARD)
        return as_loss(term)(u, mask)

    def organ_ratio(self, u: torch.Tensor) -> float:
        """Return the volume of the organ after over before, in voxels above one half (T2)."""
        return 1.0 if self._organ is None else hard_ratio(self._organ, u.detach())

    def _weight(self, u: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor | None:
        parts = [
            self._fixed_weight,
            None if self._moving_weight is None else warp(self._moving_weight, u),
            None if mask is None else 1.0 - mask,
        ]
        given = [part for part in parts if part is not None]
        return torch.stack(given).prod(0).clamp(0.0, 1.0) if given else None


def hard_ratio(organ: torch.Tensor, u: torch.Tensor) -> float:
    """Return how many voxels of a mask exceed one half after a warp, over how many did before."""
    before = int((organ > 0.5).sum())
    after = int((warp(organ, u) > 0.5).sum())
    return after / before if before and after else 1.0


def _small(weight: torch.Tensor | None, level: Level) -> torch.Tensor | None:
    return None if weight is None else downsample(weight, level.factor)
