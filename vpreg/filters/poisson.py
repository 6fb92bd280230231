"""Poisson's equation on a box, solved by sine transforms."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import torch

from vpreg.filters.banded import apply_along


def solve_poisson(source: torch.Tensor, spacing_mm: Sequence[float]) -> torch.Tensor:
    """Return psi (K, J, I) with Laplacian(psi) = source, zero just outside the box.

    The sine transform of an axis is a product with an (n, n) matrix, six small products in all,
    and the matrix is its own inverse. The Laplacian is the compact one of seven points, per mm².
    """
    spectrum = _transform(source) / _eigenvalues(source, spacing_mm)
    return _transform(spectrum)


def _transform(x: torch.Tensor) -> torch.Tensor:
    for axis, n in enumerate(x.shape):
        x = apply_along(x, _sine_matrix(n, x.dtype, x.device), axis)
    return x


def _eigenvalues(x: torch.Tensor, spacing_mm: Sequence[float]) -> torch.Tensor:
    total = x.new_zeros(())
    for axis, (n, spacing) in enumerate(zip(x.shape, spacing_mm, strict=True)):
        wave = torch.arange(1, n + 1, device=x.device, dtype=x.dtype) * (math.pi / (n + 1))
        shape = [-1 if a == axis else 1 for a in range(3)]
        total = total - ((2 - 2 * torch.cos(wave)) / spacing**2).view(shape)
    return total


@lru_cache(maxsize=64)
def _sine_matrix(n: int, dtype: torch.dtype, device: torch.device) -> torch.Tensor:
    # A tensor born in inference mode could not serve training later, and this one is kept.
    with torch.inference_mode(mode=False):
        at = torch.arange(1, n + 1, dtype=torch.float64)
        matrix = torch.sin(math.pi / (n + 1) * at[:, None] * at) * math.sqrt(2 / (n + 1))
        return matrix.to(dtype).to(device)
