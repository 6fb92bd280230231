"""Other tools' displacement vectors in our convention."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def voxels_from_xyz_mm(vectors_mm: np.ndarray, spacing_mm: Sequence[float]) -> np.ndarray:
    """Return (3, K, J, I) voxels from (K, J, I, 3) vectors in mm, of which x runs along I.

    For grids whose axes are those of space, as all peers get them; `spacing_mm` is K, J, I.
    """
    components = np.moveaxis(np.asarray(vectors_mm, dtype=np.float32), -1, 0)[::-1]
    return components / np.asarray(spacing_mm, dtype=np.float32).reshape(3, 1, 1, 1)
