"""Keep what lies in a mask rigid."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.fields.determinant import cofactor, determinant_of_planes
from vpreg.regularity.jacobian_mean import jacobian_mean
from vpreg.regularity.stencils import Planes
from vpreg.regularity.term import check_spacing


@dataclass(frozen=True)
class Rigidity:
    """The weighted mean of |JᵀJ - I|² and (det J - 1)², J in millimetres (Staring 2007, §10).

    The first asks for orthonormal axes, the second tells a turn from a mirror image. `weight` is
    the mask in fixed space; its neighbourhood stays free.
    """

    spacing_mm: tuple[float, float, float] = (1.0, 1.0, 1.0)
    orthonormality: float = 1.0
    properness: float = 1.0

    def __post_init__(self) -> None:
        check_spacing(self.spacing_mm)

    @torch.no_grad()
    def value_and_gradient(
        self,
        u: torch.Tensor,
        *,
        weight: torch.Tensor | None = None,
        out: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the penalty and its gradient (see `RegularityTerm`)."""
        return jacobian_mean(u, self._rate, weight=weight, out=out)

    def _rate(self, planes: Planes, weight: torch.Tensor) -> tuple[torch.Tensor, Planes]:
        s = self.spacing_mm
        j = [[planes[c][a] * (s[c] / s[a]) for a in range(3)] for c in range(3)]
        excess = [[sum_products(j, a, b) - float(a == b) for b in range(3)] for a in range(3)]
        squares = torch.stack([x.square() for row in excess for x in row]).sum(0)
        improper = determinant_of_planes(j) - 1.0
        penalty = self.orthonormality * squares + self.properness * improper.square()
        slopes = [
            [
                self._slope(j, excess, improper, c, a).mul_(weight).mul_(s[c] / s[a])
                for a in range(3)
            ]
            for c in range(3)
        ]
        return penalty.mul_(weight).sum(), slopes

    def _slope(
        self, j: Planes, excess: Planes, improper: torch.Tensor, c: int, a: int
    ) -> torch.Tensor:
        turn = j[c][0] * excess[0][a] + j[c][1] * excess[1][a] + j[c][2] * excess[2][a]
        grow = cofactor(j, c, a) * improper
        return turn.mul_(4 * self.orthonormality).add_(grow, alpha=2 * self.properness)


def sum_products(j: Planes, a: int, b: int) -> torch.Tensor:
    """Return entry (a, b) of JᵀJ."""
    return j[0][a] * j[0][b] + j[1][a] * j[1][b] + j[2][a] * j[2][b]
