"""What a registration of a sparse scan is given."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vpreg.images.image import Image


@dataclass(frozen=True)
class SparseInputs:
    """An atlas, which moves, a sparse scan, which stays, and what is known about them.

    Masks and labels may lie on grids of their own. `acquired` says where the scan was measured, 0
    to 1. Nothing is compared where `excluded`, drawn in the scan, is not 0: a lesion that the atlas
    does not have is left out so. `atlas_tumor` keeps its volume where the recipe preserves volumes.
    """

    atlas: Image
    scan: Image
    acquired: Image | None = None
    atlas_labels: Image | None = None
    scan_labels: Image | None = None
    excluded: Image | None = None
    atlas_mask: Image | None = None
    atlas_organ: Image | None = None
    scan_organ: Image | None = None
    atlas_tumor: Image | None = None
    scan_tumor: Image | None = None
    affine_lps: np.ndarray | None = None
