"""Penalise the second derivatives of a displacement field."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.filters.differences import add_step_adjoint, step_along
from vpreg.regularity.term import check_field, check_spacing


@dataclass(frozen=True)
class Bending:
    """Half the mean squared second derivative, summed over the nine pairs of directions, in mm⁻².

    Affine maps cost nothing. Component c along axes a and b counts by spacing c over the product of
    the spacings a and b (T11).
    """

    spacing_mm: tuple[float, float, float] = (1.0, 1.0, 1.0)

    def __post_init__(self) -> None:
        check_spacing(self.spacing_mm)

    @torch.no_grad()
    def value_and_gradient(
        self, u: torch.Tensor, *, out: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the penalty and its gradient (see `RegularityTerm`)."""
        check_field(u)
        value = u.new_zeros(())
        gradient = torch.zeros_like(u) if out is None else out.zero_()
        for c in range(3):
            for a in range(3):
                slope = step_along(u[c], a)
                back = torch.zeros_like(slope)
                for b in range(a, 3):
                    if slope.shape[b] > 1:
                        value += self._bend(slope, back, c, a, b)
                add_step_adjoint(back, a, onto=gradient[c])
        return value, gradient

    def _bend(
        self, slope: torch.Tensor, back: torch.Tensor, c: int, a: int, b: int
    ) -> torch.Tensor:
        """Add the gradient with respect to the slope along `a` onto `back`; return the penalty."""
        curve = step_along(slope, b)
        times = 1 if a == b else 2  # the pairs (a, b) and (b, a) are the same derivative
        scale = self.spacing_mm[c] / (self.spacing_mm[a] * self.spacing_mm[b])
        stiffness = times * scale**2 / (3 * max(1, curve.numel()))
        value = curve.square().sum() * (0.5 * stiffness)
        add_step_adjoint(curve.mul_(stiffness), b, onto=back)
        return value
