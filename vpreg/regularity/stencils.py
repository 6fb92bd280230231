"""Two ways to take the Jacobian of a piece of a field, with their adjoints."""

from __future__ import annotations

from enum import Enum

import torch

from vpreg.filters.differences import (
    add_step_adjoint,
    difference_adjoint_along,
    difference_along,
    step_along,
)

Planes = list[list[torch.Tensor]]


class DeterminantStencil(Enum):
    """CENTRAL: the determinant of the engine, on every voxel (T10).

    BACKWARD: differences to the previous voxel, on the voxels that have one in all directions, as
    the published method takes it (§2.4). Its weight is one voxel smaller along each axis.
    """

    CENTRAL = "central"
    BACKWARD = "backward"


def jacobian_planes(part: torch.Tensor, stencil: DeterminantStencil) -> Planes:
    """Return J[c][a] of a piece (3, k, j, i) of a field."""
    if stencil is DeterminantStencil.CENTRAL:
        planes = [[difference_along(x, a) for a in range(3)] for x in part]
    else:
        planes = [[step_along(_others_from_one(x, a), a) for a in range(3)] for x in part]
    for c in range(3):
        planes[c][c] += 1.0
    return planes


def add_jacobian_adjoint(
    slopes: Planes, stencil: DeterminantStencil, *, onto: torch.Tensor
) -> None:
    """Add the gradient with respect to the piece, given that with respect to J[c][a]."""
    for c in range(3):
        for a in range(3):
            if stencil is DeterminantStencil.CENTRAL:
                onto[c].add_(difference_adjoint_along(slopes[c][a], a))
            else:
                add_step_adjoint(slopes[c][a], a, onto=_others_from_one(onto[c], a))


def _others_from_one(x: torch.Tensor, axis: int) -> torch.Tensor:
    """Leave the first voxel out along the two axes other than `axis`."""
    for other in range(3):
        if other != axis:
            x = x.narrow(other, 1, x.shape[other] - 1)
    return x
