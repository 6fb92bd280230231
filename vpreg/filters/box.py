"""Sums over box windows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import torch

from vpreg.filters.separable import filter_axes, triple


def box_sum(
    x: torch.Tensor,
    radius_voxels: int | Sequence[int],
    *,
    out: torch.Tensor | None = None,
    scratch: torch.Tensor | None = None,
) -> torch.Tensor:
    """Sum `x` (..., K, J, I) over the window of 2 r + 1 voxels around each voxel.

    Windows end at the border: what lies outside the image counts nothing. The matrix of each axis
    is symmetric, so this is its own adjoint. `radius_voxels` is one number or one an axis.
    """
    matrices = [
        box_matrix(n, int(r), dtype=x.dtype, device=x.device) if r else None
        for n, r in zip(x.shape[-3:], triple(radius_voxels), strict=True)
    ]
    return filter_axes(x, matrices, out=out, scratch=scratch)


def box_count(
    shape: Sequence[int],
    radius_voxels: int | Sequence[int],
    *,
    dtype: torch.dtype,
    device: torch.device,
) -> torch.Tensor:
    """Count the voxels of each window inside an image of `shape` (K, J, I)."""
    k, j, i = (
        box_matrix(n, int(r), dtype=dtype, device=device).sum(1)
        for n, r in zip(shape, triple(radius_voxels), strict=True)
    )
    return k[:, None, None] * j[:, None] * i


@lru_cache(maxsize=64)
def box_matrix(
    n: int, radius_voxels: int, *, dtype: torch.dtype, device: torch.device
) -> torch.Tensor:
    """Build the (n, n) matrix with ones at most `radius_voxels` off the diagonal."""
    # A tensor born in inference mode could not serve training later, and this one is kept.
    with torch.inference_mode(mode=False):
        at = torch.arange(n, device=device)
        return ((at[:, None] - at).abs() <= radius_voxels).to(dtype)
