"""How unlike two images are, at one or several scales."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from vpreg.networks.lapirn import halve
from vpreg.similarity.local_ncc import LocalNcc
from vpreg.similarity.loss import as_loss
from vpreg.similarity.mean_squares import MeanSquares
from vpreg.similarity.mind import MindSsc
from vpreg.similarity.mutual_information import MutualInformation
from vpreg.similarity.pearson import GlobalPearson
from vpreg.similarity.pearson_paper import PaperPearson
from vpreg.similarity.term import SimilarityTerm
from vpreg.training.loss.loss_kinds import SimilarityKind


def similarity_loss(
    fixed: torch.Tensor,
    warped: torch.Tensor,
    *,
    kind: SimilarityKind,
    windows_voxels: Sequence[int],
    weight: torch.Tensor | None = None,
) -> torch.Tensor:
    """Return the loss of (K, J, I) images; each coarser scale counts half (methods §6.2).

    There is a scale for each window of local NCC, the last of them for the images as they are, and
    one scale for the other kinds.
    """
    windows = windows_voxels if kind is SimilarityKind.LOCAL_NCC else windows_voxels[-1:]
    total = warped.new_zeros(())
    for scale, window in enumerate(reversed(windows)):
        if scale:
            fixed, warped = _halved(fixed), _halved(warped)
            weight = None if weight is None else _halved(weight)
        term = _term(kind, fixed, warped, window)
        total = total + as_loss(term)(warped, weight) / 2**scale
    return total


def _halved(x: torch.Tensor) -> torch.Tensor:
    return halve(x[None, None])[0, 0]


def _term(
    kind: SimilarityKind, fixed: torch.Tensor, warped: torch.Tensor, window: int
) -> SimilarityTerm:
    if kind is SimilarityKind.LOCAL_NCC:
        return LocalNcc(fixed, radius_voxels=window // 2)
    if kind is SimilarityKind.MUTUAL_INFORMATION:
        low, high = (float(x) for x in warped.detach().aminmax())
        return MutualInformation(fixed, warped_range=(low, max(high, low + 1e-3)))
    terms: dict[SimilarityKind, type[MeanSquares | GlobalPearson | PaperPearson | MindSsc]] = {
        SimilarityKind.MEAN_SQUARES: MeanSquares,
        SimilarityKind.GLOBAL_PEARSON: GlobalPearson,
        SimilarityKind.PAPER_PEARSON: PaperPearson,
        SimilarityKind.MIND: MindSsc,
    }
    return terms[kind](fixed)
