"""Move an image along one axis, repeating its border."""

from __future__ import annotations

import torch


def shifted(
    x: torch.Tensor, axis: int, by: int, *, out: torch.Tensor | None = None
) -> torch.Tensor:
    """Return y with y(i) = x(i + by) along `axis`; beyond the border its last voxel is repeated."""
    n = x.shape[axis]
    kept = max(0, n - abs(by))
    lost = n - kept
    y = torch.empty_like(x) if out is None else out
    to, start, beyond, border = (0, lost, kept, n - 1) if by >= 0 else (lost, 0, 0, 0)
    y.narrow(axis, to, kept).copy_(x.narrow(axis, start, kept))
    y.narrow(axis, beyond, lost).copy_(x.narrow(axis, border, 1).expand_as(y.narrow(axis, 0, lost)))
    return y


def add_shifted_adjoint(
    g: torch.Tensor, axis: int, by: int, *, onto: torch.Tensor, scale: float = 1.0
) -> None:
    """Add `scale` times the transpose of `shifted`, applied to `g`, onto a tensor."""
    n = g.shape[axis]
    kept = max(0, n - abs(by))
    lost = n - kept
    to, start, beyond, border = (0, lost, kept, n - 1) if by >= 0 else (lost, 0, 0, 0)
    onto.narrow(axis, start, kept).add_(g.narrow(axis, to, kept), alpha=scale)
    collected = g.narrow(axis, beyond, lost).sum(axis, keepdim=True)
    onto.narrow(axis, border, 1).add_(collected, alpha=scale)
