"""The volume preservation of the published method, as published."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as nnf

from vpreg.regularity.determinant_penalty import DeterminantPenalty
from vpreg.regularity.stencils import DeterminantStencil
from vpreg.regularity.term import check_field


@dataclass(frozen=True)
class VolumePreservationPaper(DeterminantPenalty):
    """The weighted mean of max(d, 1/d), d = clamp(|det J| · organ_ratio, 1/bound, bound) (§2.4).

    Its least value is 1 (T15). Folds count by their absolute volume, and beyond the bound there is
    no slope (T14): `VolumePreservation` is the form without these. With the BACKWARD stencil the
    determinants are those of the published code and the weight is resized to their grid.
    """

    organ_ratio: float = 1.0
    stencil: DeterminantStencil = DeterminantStencil.CENTRAL
    bound: float = 3.0

    def __post_init__(self) -> None:
        if not (self.organ_ratio > 0 and self.bound > 1):
            msg = "Give an organ ratio above zero and a bound above one."
            raise ValueError(msg)

    @torch.no_grad()
    def value_and_gradient(
        self,
        u: torch.Tensor,
        *,
        weight: torch.Tensor | None = None,
        out: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the penalty and its gradient (see `RegularityTerm`)."""
        check_field(u, weight)
        if weight is not None and self.stencil is DeterminantStencil.BACKWARD:
            size = [n - 1 for n in weight.shape]
            weight = nnf.interpolate(
                weight[None, None], size, mode="trilinear", align_corners=False
            )[0, 0]
        return self._mean(u, weight, out, self.stencil)

    def _rate(self, det: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        raw = det.abs() * self.organ_ratio
        d = raw.clamp(1.0 / self.bound, self.bound)
        inverse = 1.0 / d
        slope = torch.where(d > 1, 1.0, -inverse * inverse).mul_(det.sign()).mul_(self.organ_ratio)
        return torch.maximum(d, inverse), slope.masked_fill_(d != raw, 0.0)
