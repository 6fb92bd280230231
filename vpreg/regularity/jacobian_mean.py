"""The weighted mean of anything that depends on the Jacobian, with its gradient."""

from __future__ import annotations

from collections.abc import Callable

import torch

from vpreg.fields.determinant import cofactor, determinant_of_planes
from vpreg.regularity.pieces import pieces
from vpreg.regularity.stencils import (
    DeterminantStencil,
    Planes,
    add_jacobian_adjoint,
    jacobian_planes,
)
from vpreg.regularity.term import check_field

# From J[c][a] and the weights: the weighted sum of the penalty, and its slopes (None if all zero).
Rate = Callable[[Planes, torch.Tensor], tuple[torch.Tensor, Planes | None]]
# From determinants: the penalty of each and its derivative.
DeterminantRate = Callable[[torch.Tensor], tuple[torch.Tensor, torch.Tensor]]


def jacobian_mean(
    u: torch.Tensor,
    rate: Rate,
    *,
    weight: torch.Tensor | None,
    stencil: DeterminantStencil = DeterminantStencil.CENTRAL,
    out: torch.Tensor | None = None,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return sum(weight · penalty(J)) / sum(weight) and its gradient with respect to `u`.

    Without a weight every voxel counts alike. A weight of zero everywhere gives zero and a gradient
    of zero (T21). With the BACKWARD stencil the weight has one voxel less along each axis.
    """
    check_field(u, weight if stencil is DeterminantStencil.CENTRAL else None)
    if weight is None:
        less = 0 if stencil is DeterminantStencil.CENTRAL else 1
        weight = u.new_ones(()).expand([n - less for n in u.shape[1:]])
    gradient = torch.zeros_like(u) if out is None else out.zero_()
    value = u.new_zeros(())
    for window, part in pieces(weight, stencil):
        total, slopes = rate(jacobian_planes(u[(slice(None), *window)], stencil), part)
        value += total
        if slopes is not None:
            add_jacobian_adjoint(slopes, stencil, onto=gradient[(slice(None), *window)])
    mass = weight.sum()
    scale = torch.where(mass > 0, 1.0 / mass, 0.0)
    return value * scale, gradient.mul_(scale)


def of_determinant(rate: DeterminantRate) -> Rate:
    """Make a penalty on det J one on J: the derivative of a determinant is its cofactor matrix."""

    def rate_of_jacobian(
        planes: Planes, weight: torch.Tensor
    ) -> tuple[torch.Tensor, Planes | None]:
        penalty, slope = rate(determinant_of_planes(planes))
        total = penalty.mul_(weight).sum()
        slope.mul_(weight)
        # Most pieces have no fold; on a CPU it pays to look.
        if slope.device.type == "cpu" and not slope.any():
            return total, None
        return total, [[cofactor(planes, c, a).mul_(slope) for a in range(3)] for c in range(3)]

    return rate_of_jacobian
