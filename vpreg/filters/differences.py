"""The difference along an axis that every derivative in the engine uses, and its adjoint."""

from __future__ import annotations

import torch


def difference_along(
    x: torch.Tensor, axis: int, *, out: torch.Tensor | None = None
) -> torch.Tensor:
    """Differentiate `x` along `axis`, per voxel: central inside, one-sided at both borders.

    An axis of one voxel has derivative zero. Gradients flow through, unless `out` is given.
    """
    if out is None and x.requires_grad:
        return _Difference.apply(x, axis)  # type: ignore[no-untyped-call, no-any-return]
    n = x.shape[axis]
    d = torch.empty_like(x) if out is None else out
    if n == 1:
        return d.zero_()
    if n > 2:
        inside = d.narrow(axis, 1, n - 2)
        torch.sub(x.narrow(axis, 2, n - 2), x.narrow(axis, 0, n - 2), out=inside).mul_(0.5)
    torch.sub(x.narrow(axis, 1, 1), x.narrow(axis, 0, 1), out=d.narrow(axis, 0, 1))
    last = d.narrow(axis, n - 1, 1)
    torch.sub(x.narrow(axis, n - 1, 1), x.narrow(axis, n - 2, 1), out=last)
    return d


def difference_adjoint_along(
    g: torch.Tensor, axis: int, *, out: torch.Tensor | None = None
) -> torch.Tensor:
    """Apply the transpose of `difference_along`: <difference x, g> = <x, adjoint g>."""
    n = g.shape[axis]
    a = torch.empty_like(g) if out is None else out
    if n == 1:
        return a.zero_()
    if n > 2:
        inside = a.narrow(axis, 1, n - 2)
        torch.sub(g.narrow(axis, 0, n - 2), g.narrow(axis, 2, n - 2), out=inside).mul_(0.5)
    # The one-sided rows weigh twice what a central row would, which the border terms mend.
    first, last = g.narrow(axis, 0, 1), g.narrow(axis, n - 1, 1)
    a.narrow(axis, 0, 1).copy_(first).neg_()
    a.narrow(axis, n - 1, 1).copy_(last)
    if n == 2:
        a.narrow(axis, 0, 1).sub_(last)
        a.narrow(axis, 1, 1).add_(first)
        return a
    a.narrow(axis, 0, 1).sub_(g.narrow(axis, 1, 1), alpha=0.5)
    a.narrow(axis, 1, 1).add_(first, alpha=0.5)
    a.narrow(axis, n - 2, 1).sub_(last, alpha=0.5)
    a.narrow(axis, n - 1, 1).add_(g.narrow(axis, n - 2, 1), alpha=0.5)
    return a


class _Difference(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: torch.autograd.function.FunctionCtx, x: torch.Tensor, axis: int
    ) -> torch.Tensor:
        ctx.axis = axis  # type: ignore[attr-defined]
        return difference_along(x.detach(), axis)

    @staticmethod
    def backward(
        ctx: torch.autograd.function.FunctionCtx, g: torch.Tensor
    ) -> tuple[torch.Tensor, None]:
        return difference_adjoint_along(g, ctx.axis), None  # type: ignore[attr-defined]


def step_along(x: torch.Tensor, axis: int) -> torch.Tensor:
    """Subtract each voxel from the next one along `axis`: one voxel fewer."""
    n = x.shape[axis] - 1
    return x.narrow(axis, 1, n) - x.narrow(axis, 0, n)


def add_step_adjoint(g: torch.Tensor, axis: int, *, onto: torch.Tensor) -> None:
    """Add the transpose of `step_along`, applied to `g`, onto a tensor one voxel longer."""
    n = g.shape[axis]
    onto.narrow(axis, 1, n).add_(g)
    onto.narrow(axis, 0, n).sub_(g)
