"""The spatial gradient of an image."""

from __future__ import annotations

import torch

from vpreg.filters.differences import difference_along


def image_gradient(x: torch.Tensor) -> torch.Tensor:
    """Differentiate (K, J, I) along each axis, per voxel, as (3, K, J, I).

    Central differences, one-sided at the borders.
    """
    if x.ndim != 3:
        msg = f"Give an image of shape (K, J, I): this one is {tuple(x.shape)}."
        raise ValueError(msg)
    if x.requires_grad and torch.is_grad_enabled():
        return torch.stack([difference_along(x, a) for a in range(3)])
    out = torch.empty((3, *x.shape), device=x.device, dtype=x.dtype)
    for a in range(3):
        difference_along(x.detach(), a, out=out[a])
    return out
