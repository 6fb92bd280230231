"""Integrate a stationary velocity field."""

from __future__ import annotations

import torch

from vpreg.fields.compose import compose
from vpreg.fields.sampling import check_field


def integrate_velocity(v: torch.Tensor, *, steps: int = 7) -> torch.Tensor:
    """Return the displacement of exp(v) by scaling and squaring; exp(-v) is its inverse.

    `v` is (3, K, J, I) in voxels per unit time. Arsigny et al., MICCAI 2006.
    """
    check_field(v)
    if steps < 0:
        msg = f"Give zero or more squaring steps: {steps} was given."
        raise ValueError(msg)
    u = v * 0.5**steps
    for _ in range(steps):
        u = compose(u, u)
    return u
