"""Smooth a field where it folds, and only there."""

from __future__ import annotations

import torch

from vpreg.fields.folds import fold_mask
from vpreg.filters.gaussian import gaussian_smooth

ROUNDS = 30


def repair_folds(u: torch.Tensor) -> torch.Tensor:
    """Return the field with its folds smoothed away (all ten determinants above zero).

    Each round blends in a smoothed field around what still folds, wider every time, so the few
    voxels in question change and the rest stays as it was.
    """
    for i in range(ROUNDS):
        folds = fold_mask(u)
        if not folds.any():
            break
        lo, hi = _around(folds, margin=8 + 2 * i)
        region = (slice(None), *(slice(a, b) for a, b in zip(lo, hi, strict=True)))
        u = u.clone()
        u[region] = _blend(u[region], folds[region[1:]], width=1.0 + 0.25 * i)
    return u


def _around(mask: torch.Tensor, *, margin: int) -> tuple[list[int], list[int]]:
    at = mask.nonzero()
    lo = (at.amin(0) - margin).clamp(min=0).tolist()
    hi = [
        min(n, int(b)) for n, b in zip(mask.shape, (at.amax(0) + margin + 1).tolist(), strict=True)
    ]
    return lo, hi


def _blend(u: torch.Tensor, folds: torch.Tensor, *, width: float) -> torch.Tensor:
    near = gaussian_smooth(folds.to(u.dtype), width)
    share = (near * (8.0 * width**3)).clamp(max=1.0)
    return torch.lerp(u, gaussian_smooth(u, width), share)
