"""The similarity term of a level."""

from __future__ import annotations

import torch

from vpreg.similarity.local_ncc import LocalNcc
from vpreg.similarity.mind import MindSsc
from vpreg.similarity.mutual_information import MutualInformation
from vpreg.similarity.term import SimilarityTerm
from vpreg.solvers.level import Level
from vpreg.solvers.pair_settings import PairSettings, SimilarityKind


def make_term(fixed: torch.Tensor, level: Level, settings: PairSettings) -> SimilarityTerm:
    """Build the similarity to the fixed image of a level."""
    if settings.similarity is SimilarityKind.MIND_SSC:
        return MindSsc(fixed)
    if settings.similarity is SimilarityKind.MUTUAL_INFORMATION:
        return MutualInformation(fixed)
    return LocalNcc(fixed, radius_voxels=level.window_radius(settings.window_radius_voxels))
