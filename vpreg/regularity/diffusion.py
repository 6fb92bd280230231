"""Penalise the first derivatives of a displacement field."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.filters.differences import add_step_adjoint, step_along
from vpreg.regularity.term import check_field, check_spacing


@dataclass(frozen=True)
class Diffusion:
    """Half the mean squared slope of the displacement, summed over the three directions.

    Slopes are millimetres per millimetre: component c along axis a counts by spacing c over spacing
    a (T11). On an isotropic grid this is the L_reg of the method (§2.4), with the difference to the
    next voxel, which other than a central one sees a checkerboard.
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
                step = step_along(u[c], a)
                if step.numel() == 0:
                    continue
                stiffness = (self.spacing_mm[c] / self.spacing_mm[a]) ** 2 / (3 * step.numel())
                value += step.square().sum() * (0.5 * stiffness)
                add_step_adjoint(step.mul_(stiffness), a, onto=gradient[c])
        return value, gradient
