"""Where a scanner really measured: parallel slices in space."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vpreg.images.grid import Grid, Triple

LEAST_RATIO = 1.5
"""A scan whose slices are less than this many times as far apart as its pixels is not sparse."""

LARGEST_TILT_DEGREES = 2.0
"""Slices that lean less than this against a grid count as planes of its voxels."""


@dataclass(frozen=True)
class AcquiredSlices:
    """Slices at `first_mm`, first_mm + spacing_mm, … along a unit normal (LPS).

    A point x lies at the position x · normal. A slice is a mean over `thickness_mm` around its
    centre; what `spacing_mm` has beyond that is a gap, which nobody looked at.
    """

    normal_lps: Triple
    first_mm: float
    spacing_mm: float
    thickness_mm: float
    count: int

    def __post_init__(self) -> None:
        if not 0 < self.thickness_mm <= 2 * self.spacing_mm:
            msg = (
                f"Give a slice thickness above 0 and at most twice the {self.spacing_mm:g} mm "
                f"between slices: {self.thickness_mm:g} mm is not."
            )
            raise ValueError(msg)

    @property
    def centres_mm(self) -> np.ndarray:
        """The position of each slice along the normal."""
        return self.first_mm + self.spacing_mm * np.arange(self.count)

    def axis_in(self, grid: Grid) -> int | None:
        """Return the array axis that runs across the slices, or None if they lie askew."""
        cosines = np.abs(np.asarray(self.normal_lps) @ np.asarray(grid.direction))
        axis = int(cosines.argmax())
        return axis if cosines[axis] >= np.cos(np.radians(LARGEST_TILT_DEGREES)) else None


def slices_of_grid(grid: Grid, *, thickness_mm: float | None = None) -> AcquiredSlices:
    """Read the slices off the geometry of a scan that still has them, one a plane of voxels.

    Without a thickness there is no gap. ValueError if no axis has thick slices.
    """
    axis = int(np.argmax(grid.spacing_mm))
    spacing = grid.spacing_mm[axis]
    if spacing < LEAST_RATIO * sorted(grid.spacing_mm)[1]:
        edges = " x ".join(f"{edge:.3g}" for edge in grid.spacing_mm[::-1])
        msg = (
            "Give the mask of the acquired slices, or let them be detected, if the scan was "
            f"interpolated; else register it as it is: its voxels of {edges} mm are no thick "
            "slices."
        )
        raise ValueError(msg)
    return slices_along(
        grid,
        axis,
        first_index=0.0,
        count=grid.shape[axis],
        period_voxels=1.0,
        thickness_mm=thickness_mm,
    )


def slices_along(
    grid: Grid,
    axis: int,
    *,
    first_index: float,
    period_voxels: float,
    count: int,
    thickness_mm: float | None = None,
) -> AcquiredSlices:
    """Place slices on the planes `first_index`, first_index + period_voxels, … of an axis."""
    x, y, z = (row[axis] for row in grid.direction)
    index = np.zeros(4)
    index[axis], index[3] = first_index, 1.0
    first = float(np.dot((grid.voxel_to_lps @ index)[:3], (x, y, z)))
    spacing = period_voxels * grid.spacing_mm[axis]
    return AcquiredSlices((x, y, z), first, spacing, thickness_mm or spacing, count)
