"""Put an intensity into bins with a cubic B-spline: four bins a voxel."""

from __future__ import annotations

import torch

TAPS = 4


def bin_coordinates(
    x: torch.Tensor, low: float, high: float, bins: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return the first of the four bins, the position beyond it in [0, 1], and who is in range.

    [low, high] maps to [1, bins - 2], so that all four bins exist; what lies beyond is moved to the
    bound, where it has no slope.
    """
    inside = (x >= low) & (x <= high)
    t = (x.clamp(low, high) - low) * ((bins - 3) / (high - low))
    first = t.floor().clamp_(max=bins - 4)
    return first.long(), t.sub_(first), inside


def spline_weights(t: torch.Tensor) -> list[torch.Tensor]:
    """Return the weights of the four bins at `t` in [0, 1]; they sum to one."""
    s = 1 - t
    square, cube = t * t, t * t * t
    return [
        s * s * s / 6,
        (3 * cube - 6 * square + 4) / 6,
        (-3 * cube + 3 * square + 3 * t + 1) / 6,
        cube / 6,
    ]


def spline_slopes(t: torch.Tensor) -> list[torch.Tensor]:
    """Return the derivatives of `spline_weights`; they sum to zero."""
    s = 1 - t
    square = t * t
    return [-0.5 * s * s, 1.5 * square - 2 * t, -1.5 * square + t + 0.5, 0.5 * square]
