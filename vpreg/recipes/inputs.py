"""What a registration is given."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vpreg.images.image import Image
from vpreg.solvers.objective import SliceProfile


@dataclass(frozen=True)
class Inputs:
    """Two scans and what is known about them; everything but the scans may be missing.

    Masks and tumors may lie on grids of their own. `organ` is of the moving scan. Similarity
    counts only where `fixed_mask` and `moving_mask` are not zero. `affine_lps` (4x4, fixed to
    moving, LPS mm) replaces the rough alignment.
    """

    fixed: Image
    moving: Image
    fixed_tumor: Image | None = None
    moving_tumor: Image | None = None
    organ: Image | None = None
    fixed_organ: Image | None = None
    fixed_mask: Image | None = None
    moving_mask: Image | None = None
    affine_lps: np.ndarray | None = None
    fixed_confidence: Image | None = None
    """How surely each voxel of the fixed scan was measured, 0 to 1."""
    moving_confidence: Image | None = None
    fixed_profile: SliceProfile | None = None
