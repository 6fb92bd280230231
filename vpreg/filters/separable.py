"""Filter the last three axes of a tensor, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch

Step = Callable[..., torch.Tensor]


def filter_axes(
    x: torch.Tensor,
    steps: Sequence[Step | None],
    *,
    out: torch.Tensor | None = None,
    scratch: torch.Tensor | None = None,
) -> torch.Tensor:
    """Run `step(x, axis, out=…)` along the axes K, J, I of `x` (..., K, J, I); None leaves one.

    When both are given, `out` and `scratch` (contiguous, shaped like `x`) are written instead of
    fresh tensors: on a CPU the page faults of those cost more than the filter. `out` shares no
    memory with `x`; `scratch` may be `x` itself, which is then lost.
    """
    todo = [(axis, step) for axis, step in zip((-3, -2, -1), steps, strict=True) if step]
    if out is None or scratch is None:
        for axis, step in todo:
            x = step(x, axis)
        return x
    for i, (axis, step) in enumerate(todo):
        x = step(x, axis, out=scratch if i % 2 else out)
    return x if x is out else out.copy_(x)


def triple(value: float | Sequence[float]) -> tuple[float, float, float]:
    """Repeat a number for the three axes, or take three numbers as they are."""
    if isinstance(value, int | float):
        return (value, value, value)
    if len(value) != 3:
        msg = f"Give one number or one for each of the three axes: {len(value)} were given."
        raise ValueError(msg)
    return (value[0], value[1], value[2])
