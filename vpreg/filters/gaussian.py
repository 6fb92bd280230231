"""Smoothing with a Gaussian."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import torch

from vpreg.filters.banded import apply_along
from vpreg.filters.separable import Step, filter_axes, triple


def gaussian_smooth(
    x: torch.Tensor,
    sigma_voxels: float | Sequence[float],
    *,
    truncate: float = 4.0,
    out: torch.Tensor | None = None,
    scratch: torch.Tensor | None = None,
) -> torch.Tensor:
    """Smooth `x` (..., K, J, I); `sigma_voxels` is one number or one an axis, 0 leaves an axis.

    The kernel ends `truncate` sigmas from its centre. At the border it is normalised by what lies
    inside the image, so a constant stays constant.
    """
    return filter_axes(
        x, [_step(s, truncate) for s in triple(sigma_voxels)], out=out, scratch=scratch
    )


def gaussian_adjoint(
    x: torch.Tensor, sigma_voxels: float | Sequence[float], *, truncate: float = 4.0
) -> torch.Tensor:
    """Apply the transpose of `gaussian_smooth` (it differs near the border)."""
    return filter_axes(x, [_step(s, truncate, transposed=True) for s in triple(sigma_voxels)])


def _step(sigma: float, truncate: float, *, transposed: bool = False) -> Step | None:
    def step(x: torch.Tensor, axis: int, *, out: torch.Tensor | None = None) -> torch.Tensor:
        n = x.shape[axis]
        matrix = gaussian_matrix(n, float(sigma), truncate, dtype=x.dtype, device=x.device)
        return apply_along(x, matrix.T if transposed else matrix, axis, out=out)

    return step if sigma else None


@lru_cache(maxsize=64)
def gaussian_matrix(
    n: int, sigma_voxels: float, truncate: float, *, dtype: torch.dtype, device: torch.device
) -> torch.Tensor:
    """Build the (n, n) matrix of a Gaussian whose rows sum to one."""
    if not (math.isfinite(sigma_voxels) and sigma_voxels > 0):
        msg = f"Give a sigma above zero, in voxels: {sigma_voxels} is not."
        raise ValueError(msg)
    # A tensor born in inference mode could not serve training later, and this one is kept.
    # It is made on the CPU because some devices (MPS) have no float64.
    with torch.inference_mode(mode=False):
        at = torch.arange(n, dtype=torch.float64)
        offset = at[:, None] - at
        matrix = torch.exp(-0.5 * (offset / sigma_voxels) ** 2)
        matrix[offset.abs() > max(1.0, truncate * sigma_voxels)] = 0.0
        return (matrix / matrix.sum(1, keepdim=True)).to(dtype).to(device)
