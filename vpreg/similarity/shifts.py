"""Move an image along one axis, repeating its border."""

from __future__ import annotations

import torch


def shifted(x: torch.Tensor, axis: int, by: int) -> torch.Tensor:
    """Return y with y(i) = x(i + by) along `axis`; beyond the border its last voxel is repeated."""
    n = x.shape[axis]
    kept = max(0, n - abs(by))
    lost = n - kept
    y = torch.empty_like(x)
    if by >= 0:
        y.narrow(axis, 0, kept).copy_(x.narrow(axis, lost, kept))
        y.narrow(axis, kept, lost).copy_(
            x.narrow(axis, n - 1, 1).expand_as(y.narrow(axis, 0, lost))
        )
    else:
        y.narrow(axis, lost, kept).copy_(x.narrow(axis, 0, kept))
        y.narrow(axis, 0, lost).copy_(x.narrow(axis, 0, 1).expand_as(y.narrow(axis, 0, lost)))
    return y


def add_shifted_adjoint(g: torch.Tensor, axis: int, by: int, *, onto: torch.Tensor) -> None:
    """Add the transpose of `shifted`, applied to `g`, onto a tensor."""
    n = g.shape[axis]
    kept = max(0, n - abs(by))
    lost = n - kept
    if by >= 0:
        onto.narrow(axis, lost, kept).add_(g.narrow(axis, 0, kept))
        onto.narrow(axis, n - 1, 1).add_(g.narrow(axis, kept, lost).sum(axis, keepdim=True))
    else:
        onto.narrow(axis, 0, kept).add_(g.narrow(axis, lost, kept))
        onto.narrow(axis, 0, 1).add_(g.narrow(axis, 0, lost).sum(axis, keepdim=True))
