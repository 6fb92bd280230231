"""Multiply a tensor along one axis by a matrix."""

from __future__ import annotations

import torch


def apply_along(
    x: torch.Tensor, matrix: torch.Tensor, axis: int, *, out: torch.Tensor | None = None
) -> torch.Tensor:
    """Multiply every line of `x` along `axis` by `matrix`.

    `x` is (..., n, ...), `matrix` is (n_out, n); the result is (..., n_out, ...), contiguous.
    `out`, when given, is contiguous, has the result's shape and shares no memory with `x`; reusing
    one spares the page faults of a fresh tensor, which cost more than the product itself.
    """
    axis %= x.ndim
    n_out, n = matrix.shape
    if x.shape[axis] != n:
        msg = f"Give a matrix with {x.shape[axis]} columns for axis {axis}: it has {n}."
        raise ValueError(msg)
    shape = (*x.shape[:axis], n_out, *x.shape[axis + 1 :])
    before, after = x.shape[:axis].numel(), x.shape[axis + 1 :].numel()
    # Each branch hands BLAS its own layout, so that no axis is ever permuted into a copy.
    if after == 1:
        flat = _flat(out, (before, n_out))
        return torch.mm(x.reshape(before, n), matrix.T, out=flat).view(shape)
    if before == 1:
        flat = _flat(out, (n_out, after))
        return torch.mm(matrix, x.reshape(n, after), out=flat).view(shape)
    flat = _flat(out, (before, n_out, after))
    rows = matrix.expand(before, n_out, n)
    return torch.bmm(rows, x.reshape(before, n, after), out=flat).view(shape)


def _flat(out: torch.Tensor | None, shape: tuple[int, ...]) -> torch.Tensor | None:
    return None if out is None else out.view(shape)
