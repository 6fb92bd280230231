"""The two diameters of a piece in the axial slices of its acquisition."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import SimpleITK

from vpreg.images.grid import Grid, Triple
from vpreg.lesions.calipers import (
    Line,
    Point,
    convex_hull,
    length,
    longest_diameter,
    longest_perpendicular,
)
from vpreg.lesions.piece import Piece, to_lps

Segment = tuple[Triple, Triple]


@dataclass(frozen=True)
class Diameters:
    """The longest axial diameter and the longest perpendicular to it in the same slice.

    Ends are in LPS mm, on the outlines of voxels. `slices` is how many axial slices show the piece
    and `slice_mm` how far these lie apart.
    """

    longest_mm: float
    perpendicular_mm: float
    longest_lps: Segment
    perpendicular_lps: Segment
    slice_index: int
    slices: int
    slice_mm: float

    @property
    def product_mm2(self) -> float:
        """The product that bidimensional criteria add up."""
        return self.longest_mm * self.perpendicular_mm


def axial_axis(grid: Grid) -> int:
    """Return the array axis closest to the patient's long axis: slices across it are axial."""
    return int(np.abs(np.asarray(grid.direction)[2]).argmax())


def diameters_of(piece: Piece) -> Diameters:
    """Measure every connected region of every axial slice and return the longest."""
    axis = axial_axis(piece.grid)
    planes = np.moveaxis(piece.mask, axis, 0)
    flat = [a for a in range(3) if a != axis]
    spacing = (piece.grid.spacing_mm[flat[0]], piece.grid.spacing_mm[flat[1]])
    used = [n for n in range(len(planes)) if planes[n].any()]
    found = [(n, *_measure(region, spacing)) for n in used for region in _regions(planes[n])]
    n, longest, across = max(found, key=lambda one: length(one[1]))
    place = _Place(piece, axis, n + piece.start[axis])
    return Diameters(
        longest_mm=length(longest),
        perpendicular_mm=length(across),
        longest_lps=place.segment(longest),
        perpendicular_lps=place.segment(across),
        slice_index=place.slice_index,
        slices=len(used),
        slice_mm=piece.grid.spacing_mm[axis],
    )


@dataclass(frozen=True)
class _Place:
    """Where a slice lies, to take flat millimetres back into space."""

    piece: Piece
    axis: int
    slice_index: int

    def segment(self, line: Line) -> Segment:
        return self._lps(line[0]), self._lps(line[1])

    def _lps(self, point: Point) -> Triple:
        grid, start = self.piece.grid, self.piece.start
        first, second = (a for a in range(3) if a != self.axis)
        index = np.zeros(3)
        index[self.axis] = self.slice_index
        index[first] = point[0] / grid.spacing_mm[first] + start[first]
        index[second] = point[1] / grid.spacing_mm[second] + start[second]
        x, y, z = to_lps(index[None], grid)[0].tolist()
        return (x, y, z)


def _regions(plane: np.ndarray) -> list[np.ndarray]:
    source = SimpleITK.GetImageFromArray(plane.astype(np.uint8))
    regions = SimpleITK.GetArrayFromImage(SimpleITK.ConnectedComponent(source, True))
    return [regions == n for n in range(1, int(regions.max()) + 1)]


def _measure(region: np.ndarray, spacing: tuple[float, float]) -> tuple[Line, Line]:
    """Return both diameters in mm from the centre of the first voxel."""
    corners = [
        ((row + down) * spacing[0], (column + right) * spacing[1])
        for row, columns in _row_ends(region)
        for column, right in ((columns[0], -0.5), (columns[1], 0.5))
        for down in (-0.5, 0.5)
    ]
    hull = convex_hull(corners)
    longest = longest_diameter(hull)
    return longest, longest_perpendicular(hull, longest)


def _row_ends(region: np.ndarray) -> list[tuple[int, tuple[int, int]]]:
    """Return each row in use with its outermost voxels: no other can be a corner of the hull."""
    ends = []
    for row in np.flatnonzero(region.any(1)):
        columns = np.flatnonzero(region[row])
        ends.append((int(row), (int(columns[0]), int(columns[-1]))))
    return ends
