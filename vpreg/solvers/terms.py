"""The similarity term of a level."""

from __future__ import annotations

import torch

from vpreg.similarity.local_ncc import LocalNcc
from vpreg.similarity.mean_squares import MeanSquares
from vpreg.similarity.mind import MindSsc
from vpreg.similarity.mutual_information import MutualInformation
from vpreg.similarity.pearson import GlobalPearson
from vpreg.similarity.term import SimilarityTerm
from vpreg.solvers.level import Level
from vpreg.solvers.pair_settings import PairSettings, SimilarityKind


def make_term(
    fixed: torch.Tensor, level: Level, settings: PairSettings, *, slices: int | None = None
) -> SimilarityTerm:
    """Build the similarity to the fixed image of a level, which has slices across an axis."""
    if settings.similarity is SimilarityKind.MIND_SSC:
        return MindSsc(fixed, across=slices)
    if settings.similarity is SimilarityKind.MUTUAL_INFORMATION:
        return MutualInformation(fixed)
    if settings.similarity is SimilarityKind.GLOBAL_NCC:
        return GlobalPearson(fixed)
    if settings.similarity is SimilarityKind.MEAN_SQUARES:
        return UnexplainedVariance(fixed)
    return LocalNcc(fixed, radius_voxels=level.window_radius(settings.window_radius_voxels))


class UnexplainedVariance:
    """The mean squared difference as a share of the variance of the fixed image.

    In this unit a gain is as large as one of a correlation, so that the solver stops alike (T22).
    """

    def __init__(self, fixed: torch.Tensor) -> None:
        self._squares = MeanSquares(fixed)
        self._scale = 1.0 / fixed.var(correction=0).clamp(min=1e-12)

    @torch.no_grad()
    def value_and_gradient(
        self,
        warped: torch.Tensor,
        *,
        weight: torch.Tensor | None = None,
        out: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the loss and its gradient (see `SimilarityTerm`)."""
        value, gradient = self._squares.value_and_gradient(warped, weight=weight, out=out)
        return value * self._scale, gradient.mul_(self._scale)
