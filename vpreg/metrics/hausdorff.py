"""The Hausdorff distance, robust by a percentile."""

from __future__ import annotations

import math

import torch

from vpreg.metrics.surface_distances import SurfaceDistances


def hausdorff_mm(distances: SurfaceDistances, *, percentile: float = 95.0) -> float:
    """Return the larger of both directed percentiles, in mm (HD95 by default, 100 is the maximum).

    Infinite if one mask is empty, NaN if both are. Learn2Reg's and VPR's figures are in voxels:
    theirs come from a spacing of one (T31).
    """
    both = (distances.fixed_to_warped_mm, distances.warped_to_fixed_mm)
    known = [_percentile(values, percentile) for values in both if values.numel()]
    return max(known) if known else math.nan


def _percentile(values: torch.Tensor, percentile: float) -> float:
    if bool(values.isinf().any()):
        return math.inf
    return float(torch.quantile(values.double(), percentile / 100))
