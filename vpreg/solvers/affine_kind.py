"""What an alignment may do, and what it returns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np


class AffineKind(Enum):
    """Nothing, turn and shift, or stretch and shear as well."""

    NONE = "none"
    RIGID = "rigid"
    AFFINE = "affine"


@dataclass(frozen=True)
class AffineAlignment:
    """A 4x4 matrix from fixed to moving LPS millimetres, and how well it fits.

    `similarity` is the mean squared local correlation in what both scans show, 0 to 1.
    """

    matrix_lps: np.ndarray
    similarity: float
