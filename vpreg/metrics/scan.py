"""What is known of one scan when a registration is to be measured."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vpreg.images.grid import Grid
from vpreg.images.image import Image


@dataclass(frozen=True)
class Scan:
    """A grid and whatever lies on it; all but the grid may be missing.

    `labels` are structures, `tumor` is the tumor alone (a mask, or a label a lesion), `organ` is
    the organ around it, `landmarks_lps_mm` is (N, 3). Raises ValueError for images off the grid.
    """

    grid: Grid
    image: Image | None = None
    labels: Image | None = None
    tumor: Image | None = None
    organ: Image | None = None
    landmarks_lps_mm: np.ndarray | None = None

    def __post_init__(self) -> None:
        for name in ("image", "labels", "tumor", "organ"):
            given: Image | None = getattr(self, name)
            if given is not None and not given.grid.matches(self.grid):
                msg = f"Resample the {name} to the grid of its scan first: they differ."
                raise ValueError(msg)
