"""A piece of a segmentation: what one outline encloses on one date."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vpreg.images.grid import Grid


@dataclass(frozen=True)
class Piece:
    """A set of voxels: `number` counts from 1, the largest first; `label` is that in the file.

    `mask` is bool and just large enough; its first voxel is `start` on `grid`.
    """

    number: int
    label: int
    mask: np.ndarray
    start: tuple[int, int, int]
    grid: Grid

    @property
    def voxels(self) -> int:
        """How many voxels it has."""
        return int(self.mask.sum())

    @property
    def indices(self) -> np.ndarray:
        """The voxels (N, 3) as indices of the grid."""
        return np.asarray(np.argwhere(self.mask) + np.array(self.start))

    @property
    def points_lps(self) -> np.ndarray:
        """The centres of the voxels (N, 3), LPS mm."""
        return to_lps(self.indices, self.grid)

    @property
    def centroid_lps(self) -> np.ndarray:
        """The mean of the voxel centres, LPS mm."""
        return np.asarray(to_lps(self.indices.mean(0)[None], self.grid)[0])


def to_lps(indices: np.ndarray, grid: Grid) -> np.ndarray:
    """Return positions (N, 3) in LPS mm of array indices (N, 3), which may be fractions."""
    matrix = grid.voxel_to_lps
    return np.asarray(indices @ matrix[:3, :3].T + matrix[:3, 3])


def to_index(points_lps: np.ndarray, grid: Grid) -> np.ndarray:
    """Return array indices (N, 3), with fractions, of positions in LPS mm."""
    matrix = grid.lps_to_voxel
    return np.asarray(points_lps @ matrix[:3, :3].T + matrix[:3, 3])
