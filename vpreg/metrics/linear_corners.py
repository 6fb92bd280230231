"""The eight voxels around a point between voxel centres, and their linear weights."""

from __future__ import annotations

from itertools import product

import torch

from vpreg.fields.sampling import Shape


def linear_corners(points: torch.Tensor, shape: Shape) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the flat index (8, P) and the weight (8, P) of the corners around `points` (3, P).

    Points are in voxels of an array of `shape`. A corner outside the array has weight zero, so
    that the weights of a point near the border add up to less than one (padding with zeros).
    """
    low = points.floor()
    fraction = points - low
    indices, weights = [], []
    for corner in product((0, 1), repeat=3):
        index, weight = _corner(low, fraction, corner, shape)
        indices.append(index)
        weights.append(weight)
    return torch.stack(indices), torch.stack(weights)


def _corner(
    low: torch.Tensor, fraction: torch.Tensor, corner: tuple[int, ...], shape: Shape
) -> tuple[torch.Tensor, torch.Tensor]:
    flat = torch.zeros(low.shape[1:], device=low.device, dtype=torch.long)
    weight = torch.ones_like(low[0])
    for a, (bit, n) in enumerate(zip(corner, shape, strict=True)):
        at = low[a] + bit
        weight = weight * (fraction[a] if bit else 1 - fraction[a])
        weight = weight * ((at >= 0) & (at < n))
        flat = flat * n + at.clamp(0, n - 1).long()
    return flat, weight
