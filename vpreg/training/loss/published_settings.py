"""The losses that the networks were published with, in the units of LossSettings."""

from __future__ import annotations

from dataclasses import replace

from vpreg.networks.architectures import Architecture
from vpreg.training.loss.loss_kinds import AcquiredUse, SimilarityKind, VolumeForm
from vpreg.training.loss.loss_settings import LossSettings

GRADIENT_MEAN = 2 / 3
"""VoxelMorph's penalty averages over the axes what L_reg takes half the sum of."""
LAPIRN_UNIT = 4.0
"""LapIRN's penalty is of twice the displacement in voxels (T8)."""
IMAGE_DEVIATION = 0.02
"""Of the noise that the probabilistic VoxelMorph assumes (methods §5.2)."""
PAPER_VOLUME_WEIGHT = 0.025
"""0.1 of a batch of four whose similarities add up (T16)."""

_SMOOTHNESS = {
    SimilarityKind.LOCAL_NCC: GRADIENT_MEAN,
    SimilarityKind.MEAN_SQUARES: 0.01 * GRADIENT_MEAN,
    SimilarityKind.GLOBAL_PEARSON: 1.0,
    SimilarityKind.PAPER_PEARSON: 1.0,
    # Not published for these networks: MIND differs about as little as squares do, and nats of
    # information about as much as correlations.
    SimilarityKind.MIND: 0.1 * GRADIENT_MEAN,
    SimilarityKind.MUTUAL_INFORMATION: GRADIENT_MEAN,
}
_LAPIRN = LossSettings(
    windows_voxels=(3, 5, 7), smoothness_weight=1.0 * LAPIRN_UNIT * GRADIENT_MEAN
)


def published_loss_settings(
    architecture: Architecture, similarity: SimilarityKind | None = None
) -> LossSettings:
    """Return the loss of the authors of a network, without a volume term.

    With a `similarity` other than theirs, its weights are those that suit it best of what is known.
    """
    own = _published(architecture)
    if similarity is None or similarity is own.similarity:
        return own
    weight = _SMOOTHNESS[similarity]
    if architecture is Architecture.VOXELMORPH_DENSE:
        weight *= 2
    return replace(
        own, similarity=similarity, windows_voxels=(9,), smoothness_weight=weight, prior_weight=0.0
    )


def paper_loss_settings(*, volume_weight: float = PAPER_VOLUME_WEIGHT) -> LossSettings:
    """Return the loss of the volume-preserving stage for any network (methods §2.4).

    With a weight of 0 it is that of the stage before, of the same similarity (T33).
    """
    return LossSettings(
        similarity=SimilarityKind.PAPER_PEARSON,
        smoothness_weight=1.0,
        volume_weight=volume_weight,
        volume_form=VolumeForm.PAPER,
    )


def sparse_loss_settings(*, support_threshold: float = 0.0) -> LossSettings:
    """Return the loss of SparseVM, for VoxelMorph (methods §4).

    Where the acquired shares were resampled, a threshold of .3 to .5 keeps the support thin.
    """
    return LossSettings(
        similarity=SimilarityKind.MEAN_SQUARES,
        smoothness_weight=0.4 * GRADIENT_MEAN,
        acquired=AcquiredUse.SUPPORT,
        support_threshold=support_threshold,
    )


def _published(architecture: Architecture) -> LossSettings:
    if architecture is Architecture.VTN:
        return paper_loss_settings(volume_weight=0.0)
    if architecture in (Architecture.LAPIRN_DISPLACEMENT, Architecture.LAPIRN_HALVED):
        return _LAPIRN
    if architecture is Architecture.LAPIRN_DIFFEOMORPHIC:
        return replace(_LAPIRN, smoothness_weight=3.5 * LAPIRN_UNIT * GRADIENT_MEAN)
    if architecture is Architecture.VOXELMORPH_DIFFEOMORPHIC:
        # The prior is what makes its velocity smooth.
        return LossSettings(
            similarity=SimilarityKind.MEAN_SQUARES,
            smoothness_weight=0.0,
            prior_weight=IMAGE_DEVIATION**2,
        )
    if architecture is Architecture.VOXELMORPH_DENSE:
        # Its velocity lies on half the resolution, and the authors make up for that.
        return LossSettings(smoothness_weight=2 * GRADIENT_MEAN)
    return LossSettings(smoothness_weight=GRADIENT_MEAN)
