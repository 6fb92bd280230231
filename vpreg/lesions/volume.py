"""The volume of a piece, and how far voxels of that size can tell it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import SimpleITK

from vpreg.lesions.piece import Piece

COVERAGE = 2.0
_ML = 1000.0


@dataclass(frozen=True)
class Volume:
    """Millilitres: the true volume lies within `uncertainty_ml` of `ml` in at least 93 of 100.

    It covers the size of the voxels only, not where a reader draws the border.
    """

    ml: float
    uncertainty_ml: float

    @property
    def lowest_ml(self) -> float:
        """The lower end of the interval, never below zero."""
        return max(0.0, self.ml - self.uncertainty_ml)

    @property
    def highest_ml(self) -> float:
        """The upper end of the interval."""
        return self.ml + self.uncertainty_ml


def volume_of(piece: Piece) -> Volume:
    """Count voxels, and add up what their faces leave open.

    Behind each plateau (connected outer faces in one plane) the border lies anywhere within half a
    voxel of it: an error spread evenly over one voxel, of variance A^2 / 12 for a plateau of A
    voxels. Plateaus err independently of each other, so that U = 2 sqrt(sum A^2 / 12) voxels.
    """
    voxel_ml = piece.grid.voxel_volume_mm3 / _ML
    deviation = math.sqrt(float(np.square(plateau_voxels(piece.mask)).sum()) / 12)
    return Volume(piece.voxels * voxel_ml, COVERAGE * deviation * voxel_ml)


def total(volumes: Sequence[Volume]) -> Volume:
    """Add volumes whose errors do not depend on each other."""
    ml = math.fsum(volume.ml for volume in volumes)
    return Volume(ml, math.sqrt(math.fsum(volume.uncertainty_ml**2 for volume in volumes)))


def plateau_voxels(mask: np.ndarray) -> np.ndarray:
    """Return how many voxels each plateau of the surface has, over all six directions."""
    padded = np.pad(mask, 1)
    sizes = []
    for axis in range(3):
        for step in (1, -1):
            exposed = padded & ~np.roll(padded, step, axis)
            # Two voxels in a row along the axis are never both exposed to the same side, so
            # neighbours by a face always lie in one plane.
            source = SimpleITK.GetImageFromArray(exposed.astype(np.uint8))
            plateaus = SimpleITK.GetArrayFromImage(SimpleITK.ConnectedComponent(source, False))
            sizes.append(np.bincount(plateaus.ravel())[1:])
    return np.concatenate(sizes).astype(float)
