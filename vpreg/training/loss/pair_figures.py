"""How well a network does on one pair that it has not learned from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

import torch

from vpreg.fields.folds import fold_mask
from vpreg.fields.jacobian import jacobian_determinant
from vpreg.fields.warp import warp
from vpreg.images.interpolation import Interpolation
from vpreg.metrics.dice import dice_per_label
from vpreg.metrics.ncc import mean_local_ncc_squared
from vpreg.metrics.sdlogj import sdlogj
from vpreg.networks.home_grid import HomeGrid
from vpreg.networks.network import Network
from vpreg.training.loss.guidance import Guidance, third_input
from vpreg.training.loss.label_dice import common_labels
from vpreg.training.loss.lesion_figures import lesion_figures
from vpreg.training.training_pair import TrainingPair


@dataclass(frozen=True)
class PairFigures:
    """NaN is what cannot be known: no labels, no lesions, nothing reliable to count."""

    similarity_before: float
    """Mean squared correlation of windows, 0 to 1, whatever was trained with."""
    similarity: float
    dice_before: float
    dice: float
    fold_share: float
    sdlogj: float
    stsr_soft: float
    """Mean over the lesions that are still there (T32)."""
    stsr_hard: float
    """The same in whole voxels, of lesions large enough for that."""
    lesions: float
    """How many there are in view."""
    vanished: float
    """How many of them were warped away; no STSR is finite for them."""


@torch.no_grad()
def pair_figures(
    network: Network,
    pair: TrainingPair,
    *,
    home: HomeGrid,
    guidance: Guidance | None = None,
    volume_share: float = 1.0,
) -> PairFigures:
    """Return the figures of a network in evaluation; `guidance` is what it sees as third input."""
    third = third_input(network, guidance, volume_share=volume_share)
    found = network(pair.fixed, pair.moving, third).u[0].float()
    return field_figures(found, pair, home=home)


@torch.no_grad()
def field_figures(u: torch.Tensor, pair: TrainingPair, *, home: HomeGrid) -> PairFigures:
    """Return the figures of a field (3, K, J, I) on the grid of the pair."""
    still = torch.zeros_like(u)
    folds = fold_mask(u)
    determinant = jacobian_determinant(u)
    tissue = pair.fixed[0, 0] > 0
    lesions = lesion_figures(u, pair, home)
    return PairFigures(
        similarity_before=_similarity(still, pair),
        similarity=_similarity(u, pair),
        dice_before=_dice(still, pair),
        dice=_dice(u, pair),
        fold_share=int(folds.sum()) / folds.numel(),
        sdlogj=sdlogj(determinant, mask=tissue, folds=folds).value,
        stsr_soft=lesions.stsr_soft,
        stsr_hard=lesions.stsr_hard,
        lesions=lesions.count,
        vanished=lesions.vanished,
    )


def mean_figures(figures: Sequence[PairFigures]) -> PairFigures:
    """Return the mean of each figure over the pairs that have it; NaN where none has."""
    names = [f.name for f in fields(PairFigures)]
    return PairFigures(**{name: _mean([getattr(f, name) for f in figures]) for name in names})


def _mean(values: Sequence[float]) -> float:
    known = [value for value in values if math.isfinite(value)]
    return sum(known) / len(known) if known else math.nan


def _similarity(u: torch.Tensor, pair: TrainingPair) -> float:
    fixed = pair.fixed[0, 0].float()
    acquired = None if pair.fixed_acquired is None else pair.fixed_acquired[0, 0] > 0.5
    return mean_local_ncc_squared(fixed, warp(pair.moving[0, 0].float(), u), mask=acquired)


def _dice(u: torch.Tensor, pair: TrainingPair) -> float:
    if pair.fixed_labels is None or pair.moving_labels is None:
        return math.nan
    fixed, moving = pair.fixed_labels[0, 0].long(), pair.moving_labels[0, 0].long()
    warped = warp(moving, u, interpolation=Interpolation.LABELS)
    return _mean(list(dice_per_label(fixed, warped, labels=common_labels(fixed, moving)).values()))
