"""Where each alignment puts the tumor of the moving scan."""

from __future__ import annotations

import numpy as np
import torch

from vpreg.fields.affine import follow_by_affine
from vpreg.fields.warp import warp
from vpreg.images.image import Image
from vpreg.images.resampling import resample_through
from vpreg.metrics.components import connected_components
from vpreg.recipes.result import Alignment, Result

Point = tuple[float, float, float]


def tumor_by_affine(moving_tumor: Image, result: Result) -> Image:
    """Return the soft weights of a moving tumor on the fixed grid, moved as a whole only."""
    return resample_through(_weights(moving_tumor), result.fixed.grid, result.affine_lps)


def tumor_by_alignment(moving_tumor: Image, alignment: Alignment, result: Result) -> Image:
    """Return the soft weights of a moving tumor on the fixed grid, x looked up at A(x + u(x))."""
    whole = follow_by_affine(alignment.u, result.affine_lps, result.fixed.grid, moving_tumor.grid)
    weights = _weights(moving_tumor).voxels.to(whole)
    return Image(warp(weights, whole).cpu(), result.fixed.grid)


def largest_lesion(tumor: Image) -> Image | None:
    """Return the largest connected piece of a tumor as a mask; None if there is no tumor."""
    pieces = connected_components(tumor.voxels.cpu())
    return Image(pieces == 1, tumor.grid) if bool((pieces == 1).any()) else None


def centre_of_weight(weights: torch.Tensor) -> Point | None:
    """Return the mean index (k, j, i) of a soft mask; None if it is empty."""
    weights = weights.to(torch.float64)
    total = float(weights.sum())
    if total < 1e-3:
        return None
    sums = [weights.sum(dim=[b for b in range(3) if b != a]) for a in range(3)]
    k, j, i = (float((s * torch.arange(s.numel(), dtype=s.dtype)).sum()) / total for s in sums)
    return (k, j, i)


def reach_mm(weights: torch.Tensor, spacing_mm: Point) -> float:
    """Return the largest half extent of a soft mask, in millimetres."""
    used = (weights > 0.5).nonzero().numpy()
    if used.size == 0:
        return 0.0
    return float(((np.ptp(used, axis=0) + 1) * np.asarray(spacing_mm)).max() / 2)


def _weights(tumor: Image) -> Image:
    return Image((tumor.voxels != 0).to(torch.float32), tumor.grid)
