"""Smooth a field where it folds, and only there."""

from __future__ import annotations

import itertools

import torch

from vpreg.fields.folds import fold_mask
from vpreg.filters.gaussian import gaussian_smooth

PATIENT_ROUNDS = 30

Box = tuple[slice, slice, slice]


def repair_folds(u: torch.Tensor) -> torch.Tensor:
    """Return the field with its folds smoothed away (all ten determinants above zero).

    Each round blends in a smoothed field around what still folds, wider every time, so the few
    voxels in question change and the rest stays as it was.
    """
    folds = fold_mask(u)
    for i in itertools.count():
        if not folds.any():
            return u
        box = _around(folds, margin=8 + 2 * i)
        u = u.clone() if i == 0 else u
        u[(slice(None), *box)] = _blend(u[(slice(None), *box)], folds[box], width=_width(i))
        _look_again(folds, u, box)
    return u


def _width(i: int) -> float:
    """Return the width of a round in voxels; wilder fields than any seen still come to rest."""
    return 1.0 + 0.25 * i * max(1.0, i / PATIENT_ROUNDS)


def _look_again(folds: torch.Tensor, u: torch.Tensor, box: Box) -> None:
    """Renew the folds in and at a box; only there a change of the box can make or mend any."""
    shape = tuple(folds.shape)
    changed, seen = _grown(box, shape, by=1), _grown(box, shape, by=2)
    own = tuple(
        slice(c.start - s.start, c.stop - s.start) for c, s in zip(changed, seen, strict=True)
    )
    folds[changed] = fold_mask(u[(slice(None), *seen)])[own]


def _grown(box: Box, shape: tuple[int, ...], *, by: int) -> Box:
    k, j, i = (
        slice(max(0, s.start - by), min(n, s.stop + by)) for s, n in zip(box, shape, strict=True)
    )
    return (k, j, i)


def _around(mask: torch.Tensor, *, margin: int) -> Box:
    at = mask.nonzero()
    lo, hi = at.amin(0).tolist(), at.amax(0).tolist()
    k, j, i = (slice(int(a), int(b) + 1) for a, b in zip(lo, hi, strict=True))
    return _grown((k, j, i), tuple(mask.shape), by=margin)


def _blend(u: torch.Tensor, folds: torch.Tensor, *, width: float) -> torch.Tensor:
    near = gaussian_smooth(folds.to(u.dtype), width)
    share = (near * (8.0 * width**3)).clamp(max=1.0)
    return torch.lerp(u, gaussian_smooth(u, width), share)
