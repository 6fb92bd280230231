"""What an alignment does to the size of a region, from determinants alone.

The same formulas as the engine's STSR by determinants (methods §2.9), for a region of the fixed
scan: the mean determinant over a warped region is its size before over its size after.
"""

from __future__ import annotations

import math

import numpy as np


def mean_determinant(determinant: np.ndarray, weights: np.ndarray) -> float:
    """Return the mean of the determinants, each voxel by its weight; NaN where there is none."""
    total = float(weights.sum(dtype=np.float64))
    if total <= 0:
        return math.nan
    return float((determinant * weights).sum(dtype=np.float64)) / total


def size_ratio(determinant: np.ndarray, weights: np.ndarray) -> float:
    """Return size after / size before; infinite if folds leave the mean at zero or below."""
    mean = mean_determinant(determinant, weights)
    if math.isnan(mean):
        return math.nan
    return 1 / mean if mean > 0 else math.inf


def stsr(tumor_ratio: float, organ_ratio: float) -> float:
    """Return max(t/o, o/t)^2; infinite if a ratio is 0 or infinite, NaN if one is unknown."""
    if math.isnan(tumor_ratio) or math.isnan(organ_ratio):
        return math.nan
    if min(tumor_ratio, organ_ratio) <= 0 or math.isinf(max(tumor_ratio, organ_ratio)):
        return math.inf
    return max(tumor_ratio / organ_ratio, organ_ratio / tumor_ratio) ** 2
