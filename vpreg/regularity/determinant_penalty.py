"""What penalties on the determinant of a field have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod

import torch

from vpreg.regularity.jacobian_mean import jacobian_mean, of_determinant
from vpreg.regularity.stencils import DeterminantStencil


class DeterminantPenalty(ABC):
    """The weighted mean of a rate that depends on det J alone."""

    @torch.no_grad()
    def value_and_gradient(
        self,
        u: torch.Tensor,
        *,
        weight: torch.Tensor | None = None,
        out: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the penalty and its gradient (see `RegularityTerm`)."""
        return self._mean(u, weight, out, DeterminantStencil.CENTRAL)

    def _mean(
        self,
        u: torch.Tensor,
        weight: torch.Tensor | None,
        out: torch.Tensor | None,
        stencil: DeterminantStencil,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        return jacobian_mean(u, of_determinant(self._rate), weight=weight, stencil=stencil, out=out)

    @abstractmethod
    def _rate(self, det: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the penalty of each determinant, and its derivative."""
