"""Everything measured on a segmentation itself, for one lesion on one date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vpreg.images.grid import Triple
from vpreg.lesions.diameters import Diameters, diameters_of
from vpreg.lesions.piece import Piece
from vpreg.lesions.volume import Volume, total, volume_of


@dataclass(frozen=True)
class Measurement:
    """One lesion on one date: the pieces that it consists of and their figures together.

    The longest diameters of several pieces are added, as RECIST 1.1 wants it of a lesion that fell
    apart; the perpendicular is that of the longest piece.
    """

    pieces: tuple[int, ...]
    voxels: int
    volume: Volume
    longest_mm: float
    perpendicular_mm: float
    product_mm2: float
    slices: int
    slice_mm: float
    centroid_lps: Triple
    diameters: tuple[Diameters, ...]


def measure_lesion(pieces: Sequence[Piece]) -> Measurement:
    """Measure the pieces of one lesion on one date; there has to be one at least."""
    diameters = tuple(diameters_of(piece) for piece in pieces)
    main = max(diameters, key=lambda one: one.longest_mm)
    points = np.concatenate([piece.points_lps for piece in pieces])
    x, y, z = points.mean(0).tolist()
    return Measurement(
        pieces=tuple(piece.number for piece in pieces),
        voxels=sum(piece.voxels for piece in pieces),
        volume=total([volume_of(piece) for piece in pieces]),
        longest_mm=sum(one.longest_mm for one in diameters),
        perpendicular_mm=main.perpendicular_mm,
        product_mm2=sum(one.product_mm2 for one in diameters),
        slices=max(one.slices for one in diameters),
        slice_mm=main.slice_mm,
        centroid_lps=(x, y, z),
        diameters=diameters,
    )
