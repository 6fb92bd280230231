"""Tell a body from the air around it, roughly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from vpreg.solvers.affine_levels import CoarseScan

_BINS = 128


@dataclass(frozen=True)
class Foreground:
    """The brighter part of a scan: where (K, J, I), its centre, and its mean radius in mm."""

    mask: torch.Tensor
    centre_lps: np.ndarray
    radius_mm: float


def find_foreground(scan: CoarseScan, *, name: str) -> Foreground:
    """Find what is brighter than Otsu's threshold (1979); ValueError if there is nothing."""
    shown = scan.shown() > 0.5
    values = scan.voxels[shown]
    if values.numel() == 0 or _is_flat(values):
        msg = (
            f"Check the {name} scan and its mask: in what the mask leaves of the scan every voxel "
            f"has the same value, so there is nothing to align."
        )
        raise ValueError(msg)
    mask = (scan.voxels > _otsu(values)) & shown
    index = mask.nonzero().cpu().double().numpy()
    places = index @ scan.grid.voxel_to_lps[:3, :3].T + scan.grid.voxel_to_lps[:3, 3]
    centre = places.mean(0)
    radius = float(np.sqrt(np.square(places - centre).sum(1).mean()))
    return Foreground(mask, centre, max(radius, min(scan.grid.spacing_mm)))


def _is_flat(values: torch.Tensor) -> bool:
    # Shrinking a constant scan leaves traces of rounding.
    low, high = float(values.min()), float(values.max())
    return not high - low > 1e-5 * max(abs(low), abs(high))


def _otsu(values: torch.Tensor) -> float:
    low, high = float(values.min()), float(values.max())
    bins = ((values - low) * (_BINS / (high - low))).long().clamp_(0, _BINS - 1)
    counts = torch.bincount(bins.flatten(), minlength=_BINS).cpu().double()
    total = counts.cumsum(0)
    first = (counts * torch.arange(_BINS)).cumsum(0)
    below, above = total[:-1], total[-1] - total[:-1]
    mean_below = first[:-1] / below.clamp(min=1)
    mean_above = (first[-1] - first[:-1]) / above.clamp(min=1)
    between = below * above * (mean_above - mean_below).square()
    # Every threshold within a gap is as good: take the middle.
    best = int((between > 0.999999 * between.max()).nonzero().double().mean())
    return low + (best + 1) * (high - low) / _BINS
