"""Keep a field from folding."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import torch

from vpreg.regularity.determinant_penalty import DeterminantPenalty


class BarrierForm(Enum):
    """LINEAR: relu(least - det). SQUARED: relu(least - det)² / (2 least), without a kink."""

    LINEAR = "linear"
    SQUARED = "squared"


@dataclass(frozen=True)
class FoldingBarrier(DeterminantPenalty):
    """The mean over all voxels of how far det J lies below `least_determinant` (§2.12)."""

    least_determinant: float = 0.05
    form: BarrierForm = BarrierForm.LINEAR

    def _rate(self, det: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        lack = (self.least_determinant - det).clamp_(min=0.0)
        if self.form is BarrierForm.LINEAR:
            return lack, -(lack > 0).to(det.dtype)
        slope = lack / -self.least_determinant
        return lack.mul_(slope).mul_(-0.5), slope
