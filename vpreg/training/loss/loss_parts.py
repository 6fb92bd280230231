"""The parts of a loss, from what a network predicted."""

from __future__ import annotations

import torch

from vpreg.fields.sampling import shape_of
from vpreg.fields.warp import warp
from vpreg.networks.network import Prediction
from vpreg.regularity.diffusion import Diffusion
from vpreg.regularity.folding import FoldingBarrier
from vpreg.similarity.loss import as_loss
from vpreg.training.loss.affine_loss import affine_loss
from vpreg.training.loss.label_dice import soft_dice_loss
from vpreg.training.loss.level_pair import LevelPair
from vpreg.training.loss.loss_settings import LossSettings
from vpreg.training.loss.prior_loss import prior_loss
from vpreg.training.loss.similarity_loss import similarity_loss
from vpreg.training.loss.similarity_weight import similarity_weight
from vpreg.training.loss.volume_loss import volume_loss

Part = tuple[float, torch.Tensor]
"""A weight, and a loss before it."""


def loss_parts(
    prediction: Prediction, pair: LevelPair, settings: LossSettings, *, volume_weight: float
) -> dict[str, Part]:
    """Return the parts that count, by name; a part of weight 0 is not worked out."""
    u = prediction.u[0].to(pair.fixed.dtype)
    # The mask follows the moving scan anew at every step, and is a constant (T4).
    mask = None if pair.mask is None else warp(pair.mask, u.detach())
    parts = {"similarity": (1.0, _similarity(u, mask, pair, settings))}
    if settings.smoothness_weight:
        parts["smoothness"] = (settings.smoothness_weight, _smoothness(prediction))
    if settings.antifold_weight:
        barrier = as_loss(FoldingBarrier(settings.least_determinant))
        parts["folding"] = (settings.antifold_weight, barrier(u))
    if volume_weight and mask is not None and pair.organ is not None:
        found = volume_loss(u, warped_mask=mask, moving_organ=pair.organ, form=settings.volume_form)
        parts["volume"] = (volume_weight, found)
    return {**parts, **_of_the_network(prediction, settings), **_labels(u, pair, settings)}


def _similarity(
    u: torch.Tensor, mask: torch.Tensor | None, pair: LevelPair, settings: LossSettings
) -> torch.Tensor:
    weight = similarity_weight(
        u.detach(),
        settings,
        fixed_acquired=pair.fixed_acquired,
        moving_acquired=pair.moving_acquired,
        warped_mask=mask,
    )
    return similarity_loss(
        pair.fixed,
        warp(pair.moving, u),
        kind=settings.similarity,
        windows_voxels=settings.windows_voxels[: pair.level],
        weight=weight,
    )


def _smoothness(prediction: Prediction) -> torch.Tensor:
    """Add up the cascades; a level of a pyramid holds all before it, so that the last one counts.

    Each field is in voxels of its own grid.
    """
    fields = prediction.smooth[-1:] if prediction.levels else prediction.smooth
    return torch.stack([as_loss(Diffusion())(field[0]) for field in fields]).sum()


def _of_the_network(prediction: Prediction, settings: LossSettings) -> dict[str, Part]:
    """Return what only networks with an affine stem or a distribution of velocities have."""
    parts: dict[str, Part] = {}
    if prediction.affine is not None and settings.affine_weight:
        found = affine_loss(prediction.affine[0], shape_of(prediction.u))
        parts["affine"] = (settings.affine_weight, found)
    if prediction.log_variance is not None and settings.prior_weight:
        mean, log_variance = prediction.smooth[-1][0], prediction.log_variance[0]
        divergence = prior_loss(mean, log_variance, prior_lambda=settings.prior_lambda)
        parts["prior"] = (settings.prior_weight, divergence)
    return parts


def _labels(u: torch.Tensor, pair: LevelPair, settings: LossSettings) -> dict[str, Part]:
    if not settings.label_weight or pair.fixed_labels is None or pair.moving_labels is None:
        return {}
    found = soft_dice_loss(pair.fixed_labels, pair.moving_labels, u, resize=pair.resize)
    return {"labels": (settings.label_weight, found)}
