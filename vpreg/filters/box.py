"""Sums over box windows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import torch

from vpreg.filters.banded import apply_along
from vpreg.filters.running import running_sum_along
from vpreg.filters.separable import Step, filter_axes, triple


def box_sum(
    x: torch.Tensor,
    radius_voxels: int | Sequence[int],
    *,
    out: torch.Tensor | None = None,
    scratch: torch.Tensor | None = None,
) -> torch.Tensor:
    """Sum `x` (..., K, J, I) over the window of 2 r + 1 voxels around each voxel.

    Windows end at the border: what lies outside the image counts nothing. This is its own adjoint.
    `radius_voxels` is one number or one an axis. `out` and `scratch` are as in `filter_axes`.
    """
    radii = [int(r) for r in triple(radius_voxels)]
    if min(radii) < 0:
        msg = f"Give a radius of zero voxels or more: {radius_voxels} is not."
        raise ValueError(msg)
    # Shifted additions win on a CPU; one product an axis wins where launches cost (a GPU), and
    # autograd knows its adjoint.
    if x.device.type != "cpu" or (x.requires_grad and torch.is_grad_enabled()):
        return filter_axes(x, [_product(r) for r in radii], out=out, scratch=scratch)
    return filter_axes(x.contiguous(), [_running(r) for r in radii], out=out, scratch=scratch)


def _product(radius_voxels: int) -> Step | None:
    def step(x: torch.Tensor, axis: int, *, out: torch.Tensor | None = None) -> torch.Tensor:
        matrix = box_matrix(x.shape[axis], radius_voxels, dtype=x.dtype, device=x.device)
        return apply_along(x, matrix, axis, out=out)

    return step if radius_voxels else None


def _running(radius_voxels: int) -> Step | None:
    def step(x: torch.Tensor, axis: int, *, out: torch.Tensor | None = None) -> torch.Tensor:
        if x.shape[axis] <= 2 * radius_voxels:
            matrix = box_matrix(x.shape[axis], radius_voxels, dtype=x.dtype, device=x.device)
            return apply_along(x, matrix, axis, out=out)
        result = torch.empty_like(x) if out is None else out
        return running_sum_along(x, radius_voxels, axis, out=result)

    return step if radius_voxels else None


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
