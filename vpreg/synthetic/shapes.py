"""Signed distances in millimetres to simple shapes, negative inside.

Positions are (3, ...) in millimetres, in the order (z, y, x): superior, posterior, left.
"""

from __future__ import annotations

import torch
from torch.linalg import vector_norm

Point = tuple[float, float, float]


def column(point: Point, like: torch.Tensor) -> torch.Tensor:
    """Shape a point so that it broadcasts against positions."""
    return torch.tensor(point, dtype=like.dtype, device=like.device).view(3, *[1] * (like.ndim - 1))


def length(vectors: torch.Tensor, *, power: float = 2.0) -> torch.Tensor:
    """Measure vectors along the first axis of a tensor in the p-norm."""
    lengths: torch.Tensor = vector_norm(vectors, ord=power, dim=0)
    return lengths


def ellipsoid(
    position_mm: torch.Tensor, centre: Point, radii: Point, *, power: float = 2.0
) -> torch.Tensor:
    """Estimate the distance to an ellipsoid, exact at its surface to first order.

    A power above 2 makes it boxier.
    """
    radius = column(radii, position_mm)
    scaled = (position_mm - column(centre, position_mm)) / radius
    level = length(scaled, power=power).clamp_(min=1e-6)
    # The gradient of the p-norm level; with power 2 this is the usual level * (level - 1) / slope.
    steep = (scaled / level).abs_()
    if power != 2.0:
        steep.pow_(power - 1)
    slope = length(steep / radius).clamp_(min=1e-6)
    return (level - 1) / slope


def capsule(position_mm: torch.Tensor, start: Point, end: Point, radius: float) -> torch.Tensor:
    """Measure the distance to a tube with round ends."""
    along = column(end, position_mm) - column(start, position_mm)
    from_start = position_mm - column(start, position_mm)
    share = ((from_start * along).sum(0) / (along * along).sum(0)).clamp(0, 1)
    return length(from_start - share * along) - radius


def smooth_union(a: torch.Tensor, b: torch.Tensor, *, blend_mm: float) -> torch.Tensor:
    """Join two shapes with a rounded seam (polynomial smooth minimum)."""
    overlap = (blend_mm - (a - b).abs()).clamp_(min=0)
    return torch.minimum(a, b) - overlap * overlap / (4 * blend_mm)


def mirrored(position_mm: torch.Tensor) -> torch.Tensor:
    """Fold the right half onto the left: a shape drawn on the left then appears on both sides."""
    return torch.cat([position_mm[:2], position_mm[2:].abs()])
