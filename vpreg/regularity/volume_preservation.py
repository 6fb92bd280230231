"""Keep the volume of what lies in a mask."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

import torch

from vpreg.regularity.determinant_penalty import DeterminantPenalty


class VolumeChange(Enum):
    """Which change of volume is penalised. SHRINK is det J · organ ratio above one (T1, T5)."""

    SHRINK = "shrink"
    BOTH = "both"


@dataclass(frozen=True)
class VolumePreservation(DeterminantPenalty):
    """The weighted mean of h(ln(det J · organ_ratio)), with h(z) = sqrt(z² + s²) - s (§2.12).

    Below `floor` the logarithm goes on as its tangent, so that a fold costs more than any shrinking
    and has a slope that leads out of it (T14). `softness` (s) rounds the kink at 1 (T15).
    `organ_ratio` is the volume of the organ in the warped image over that in the moving one (T2).
    The weight is the soft mask in fixed space, warped anew whenever `u` changed (T4).
    """

    organ_ratio: float = 1.0
    change: VolumeChange = VolumeChange.BOTH
    floor: float = 0.1
    softness: float = 0.05

    def __post_init__(self) -> None:
        if not (self.organ_ratio > 0 and self.floor > 0 and self.softness > 0):
            msg = "Give an organ ratio, a floor and a softness above zero."
            raise ValueError(msg)

    def _rate(self, det: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        above = det.clamp(min=self.floor)
        # The logarithm of floor · exp((det - floor) / floor), without the exp that would underflow.
        below = (det - self.floor).clamp_(max=0.0).div_(self.floor)
        z = above.log().add_(below).add_(math.log(self.organ_ratio))
        if self.change is VolumeChange.SHRINK:
            z.clamp_(min=0.0)
        root = torch.sqrt(z * z + self.softness**2)
        # The derivative of the logarithm is 1 / det above the floor and 1 / floor below it.
        return root - self.softness, z.div_(root).div_(above)
