"""The operations on fields, over a batch."""

from __future__ import annotations

import torch

from vpreg.fields.compose import compose
from vpreg.fields.sampling import Padding
from vpreg.fields.warp import warp


def warp_batch(
    x: torch.Tensor, u: torch.Tensor, *, padding: Padding = Padding.BORDER
) -> torch.Tensor:
    """Pull each image (B, C, K, J, I) through its field (B, 3, K, J, I), voxels in axis order."""
    return torch.stack([warp(a, b, padding=padding) for a, b in zip(x, u, strict=True)])


def compose_batch(
    first: torch.Tensor, then: torch.Tensor, *, padding: Padding = Padding.BORDER
) -> torch.Tensor:
    """Chain fields: `then` after `first`, as `vpreg.fields.compose.compose` does."""
    pairs = zip(first, then, strict=True)
    return torch.stack([compose(a, b, padding=padding) for a, b in pairs])


def integrate_batch(
    v: torch.Tensor, *, steps: int = 7, padding: Padding = Padding.BORDER
) -> torch.Tensor:
    """Return the displacements of exp(v) by scaling and squaring."""
    u = v * 0.5**steps
    for _ in range(steps):
        u = compose_batch(u, u, padding=padding)
    return u


def at_least_single(x: torch.Tensor) -> torch.Tensor:
    """Return a field in single precision or better: 16 bits make noise of its Jacobian (T36)."""
    return x.float() if x.dtype in (torch.float16, torch.bfloat16) else x
