"""SDlogJ the way the Learn2Reg challenge counts it (methods §11.5)."""

from __future__ import annotations

import math

import torch

from vpreg.fields.jacobian import jacobian_determinant

_SHIFT = 3.0
_CROP = 2
_SMALLEST, _LARGEST = 1e-9, 1e9


def learn2reg_sdlogj(u: torch.Tensor, *, mask: torch.Tensor | None = None) -> float:
    """Return std(ln(clip(det + 3, 1e-9, 1e9))), two voxels at each border left out.

    The 3 keeps small folds inside the logarithm, which makes the figure about a quarter of
    `sdlogj` near the identity: never compare both (T31). `mask` is on the fixed grid. NaN if
    nothing is left.
    """
    inner = (slice(_CROP, -_CROP),) * 3
    # Two voxels off the border the determinant is by central differences alone, as theirs is.
    determinant = jacobian_determinant(u)[inner]
    if mask is not None:
        determinant = determinant[mask[inner] != 0]
    if determinant.numel() == 0:
        return math.nan
    return float((determinant + _SHIFT).clamp(_SMALLEST, _LARGEST).log().std(correction=0))
