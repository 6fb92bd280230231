"""Filter the last three axes of a tensor, one after the other."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from vpreg.filters.banded import apply_along


def filter_axes(
    x: torch.Tensor,
    matrices: Sequence[torch.Tensor | None],
    *,
    out: torch.Tensor | None = None,
    scratch: torch.Tensor | None = None,
) -> torch.Tensor:
    """Multiply the axes K, J, I of `x` (..., K, J, I) by square matrices; None leaves an axis.

    `out` and `scratch`, both contiguous and shaped like `x`, are written instead of fresh tensors
    when both are given. Neither may share memory with `x`.
    """
    steps = [(axis, m) for axis, m in zip((-3, -2, -1), matrices, strict=True) if m is not None]
    if out is None or scratch is None:
        for axis, matrix in steps:
            x = apply_along(x, matrix, axis)
        return x
    if not steps:
        return out.copy_(x)
    # The last product must land in `out`, so the count decides which buffer takes the first.
    buffers = (out, scratch) if len(steps) % 2 else (scratch, out)
    for i, (axis, matrix) in enumerate(steps):
        x = apply_along(x, matrix, axis, out=buffers[i % 2])
    return x


def triple(value: float | Sequence[float]) -> tuple[float, float, float]:
    """Repeat a number for the three axes, or take three numbers as they are."""
    if isinstance(value, int | float):
        return (value, value, value)
    if len(value) != 3:
        msg = f"Give one number or one for each of the three axes: {len(value)} were given."
        raise ValueError(msg)
    return (value[0], value[1], value[2])
