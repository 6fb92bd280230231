"""What a loss is made of, and how much each part counts."""

from __future__ import annotations

import math
from dataclasses import dataclass

from vpreg.training.loss.loss_kinds import AcquiredUse, SimilarityKind, VolumeForm

_FROM_ZERO = (
    "smoothness_weight",
    "antifold_weight",
    "label_weight",
    "volume_weight",
    "affine_weight",
    "prior_weight",
)


@dataclass(frozen=True)
class LossSettings:
    """Every weight is relative to a similarity of weight one, and of one pair (T16).

    Smoothness is half the mean squared slope, summed over the three axes (L_reg of methods §2.4),
    of what a network wants regularised, in voxels of its own grid. Similarities differ in scale, so
    the weights must follow them (T22): `vpreg.training.loss.published_settings` has sets that fit.
    """

    similarity: SimilarityKind = SimilarityKind.LOCAL_NCC
    windows_voxels: tuple[int, ...] = (9,)
    """Edges of the windows of local NCC, coarse to fine: one scale of the images each."""
    smoothness_weight: float = 2 / 3
    antifold_weight: float = 0.0
    least_determinant: float = 0.0
    """Below this det J is a fold."""
    label_weight: float = 0.0
    """Of one minus the mean soft Dice, where both scans have labels."""
    volume_weight: float = 0.0
    """0 trains for similarity alone."""
    volume_form: VolumeForm = VolumeForm.LOGARITHM
    conditional: bool = False
    """Whether the volume weight is a share that the network is told: one network for all."""
    affine_weight: float = 0.1
    """Of what makes an affine stem other than a rigid one of volume one."""
    prior_weight: float = 0.0
    """Of the prior of a probabilistic velocity: the variance of the images' noise."""
    prior_lambda: float = 25.0
    """The precision of that prior."""
    acquired: AcquiredUse = AcquiredUse.SOFT
    support_threshold: float = 0.0

    def __post_init__(self) -> None:
        for name in _FROM_ZERO:
            value = getattr(self, name)
            if not (value >= 0 and math.isfinite(value)):
                msg = f"Give a number of 0 or more for {name}: {value} is not."
                raise ValueError(msg)
        if not self.windows_voxels or any(n < 3 or n % 2 == 0 for n in self.windows_voxels):
            msg = f"Give odd windows of at least 3 voxels: {self.windows_voxels} are not."
            raise ValueError(msg)
        if not self.prior_lambda > 0:
            msg = f"Give a number above 0 for prior_lambda: {self.prior_lambda} is not."
            raise ValueError(msg)
        if not 0 <= self.support_threshold < 1:
            msg = f"Give a support_threshold from 0 to below 1: {self.support_threshold} is not."
            raise ValueError(msg)
        if not 0 <= self.least_determinant < 1:
            msg = f"Give a least_determinant from 0 to below 1: {self.least_determinant} is not."
            raise ValueError(msg)
        if self.conditional and self.volume_weight == 0:
            msg = "Give a volume_weight above 0 for a conditional network: it is the most it sees."
            raise ValueError(msg)
