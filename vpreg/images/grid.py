"""The geometry of a voxel grid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

IDENTITY_DIRECTION: Matrix = ((0.0, 0.0, 1.0), (0.0, 1.0, 0.0), (1.0, 0.0, 0.0))


@dataclass(frozen=True)
class Grid:
    """Where the voxels of an array (K, J, I) lie, in millimetres, LPS.

    Everything is in array-axis order: `spacing_mm[a]` belongs to array axis a, and column a of
    `direction` is the LPS unit vector along array axis a. ITK's order is the reverse.
    """

    shape: tuple[int, int, int]
    spacing_mm: Triple = (1.0, 1.0, 1.0)
    origin_lps: Triple = (0.0, 0.0, 0.0)
    direction: Matrix = IDENTITY_DIRECTION

    @property
    def voxel_to_lps(self) -> np.ndarray:
        """The 4x4 matrix from array index (k, j, i, 1) to LPS millimetres."""
        matrix = np.eye(4)
        matrix[:3, :3] = np.asarray(self.direction) * np.asarray(self.spacing_mm)
        matrix[:3, 3] = self.origin_lps
        return matrix

    @property
    def lps_to_voxel(self) -> np.ndarray:
        """The 4x4 matrix from LPS millimetres to array index (k, j, i, 1)."""
        return np.linalg.inv(self.voxel_to_lps)

    @property
    def voxel_volume_mm3(self) -> float:
        """The volume of one voxel."""
        return float(abs(np.linalg.det(self.voxel_to_lps[:3, :3])))

    @property
    def extent_mm(self) -> Triple:
        """The edge lengths of the grid, outer face to outer face."""
        k, j, i = (n * s for n, s in zip(self.shape, self.spacing_mm, strict=True))
        return (k, j, i)

    def matches(self, other: Grid, *, tolerance_mm: float = 1e-3) -> bool:
        """Whether both grids put every voxel in the same place."""
        if self.shape != other.shape:
            return False
        corners = np.array([[0, 0, 0, 1], [*self.shape, 1]], dtype=float).T
        gap = (self.voxel_to_lps - other.voxel_to_lps) @ corners
        axes = np.abs(self.voxel_to_lps - other.voxel_to_lps)[:3, :3] * max(self.shape)
        return bool(max(np.abs(gap).max(), axes.max()) <= tolerance_mm)

    @classmethod
    def from_matrix(cls, shape: tuple[int, int, int], voxel_to_lps: np.ndarray) -> Grid:
        """Build a grid from the matrix that takes array index to LPS millimetres."""
        matrix = np.asarray(voxel_to_lps, dtype=float)
        spacing = np.linalg.norm(matrix[:3, :3], axis=0)
        direction = matrix[:3, :3] / spacing
        return cls(
            shape=shape,
            spacing_mm=_triple(spacing),
            origin_lps=_triple(matrix[:3, 3]),
            direction=(_triple(direction[0]), _triple(direction[1]), _triple(direction[2])),
        )


def _triple(values: np.ndarray) -> Triple:
    a, b, c = values.tolist()
    return (a, b, c)
