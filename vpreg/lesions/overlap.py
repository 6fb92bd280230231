"""How much pieces of two dates overlap after alignment, and how far they are apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vpreg.lesions.piece import Piece
from vpreg.lesions.point_maps import BaselineMap
from vpreg.lesions.segmentation import Segmentation

# Shares to a hundredth need no more points, and gaps to a millimetre fewer still.
_MOST_POINTS = 20_000
_MOST_GAP_POINTS = 1_500


@dataclass(frozen=True)
class Aligned:
    """A segmentation and the map that lays it over the baseline."""

    segmentation: Segmentation
    map: BaselineMap


def overlap_shares(earlier: Aligned, later: Aligned) -> np.ndarray:
    """Return, for each earlier and later piece, the share of the smaller one inside the other.

    The larger of both directed shares: a lesion that grew holds all of what it was, a fragment
    lies within what it came from.
    """
    there = _directed(earlier, later)
    back = _directed(later, earlier)
    return np.asarray(np.maximum(there, back.T))


def gaps_mm(earlier: Aligned, later: Aligned) -> np.ndarray:
    """Return the distance between the nearest voxels of each earlier and later piece."""
    first = [_baseline_points(piece, earlier.map, _MOST_GAP_POINTS) for piece in _pieces(earlier)]
    second = [_baseline_points(piece, later.map, _MOST_GAP_POINTS) for piece in _pieces(later)]
    gaps = np.full((len(first), len(second)), np.inf)
    for row, a in enumerate(first):
        for column, b in enumerate(second):
            gaps[row, column] = _nearest_mm(a, b)
    return gaps


def _pieces(aligned: Aligned) -> tuple[Piece, ...]:
    return aligned.segmentation.pieces


def _directed(source: Aligned, target: Aligned) -> np.ndarray:
    shares = np.zeros((len(_pieces(source)), len(_pieces(target))))
    for row, piece in enumerate(_pieces(source)):
        at = target.map.from_baseline(_baseline_points(piece, source.map, _MOST_POINTS))
        numbers = target.segmentation.number_at(at)
        counts = np.bincount(numbers, minlength=shares.shape[1] + 1)[1:]
        shares[row] = counts / len(numbers)
    return shares


def _baseline_points(piece: Piece, to: BaselineMap, most: int) -> np.ndarray:
    points = piece.points_lps
    return to.to_baseline(points[:: max(1, -(-len(points) // most))])


def _nearest_mm(a: np.ndarray, b: np.ndarray) -> float:
    square = (a * a).sum(1)[:, None] + (b * b).sum(1) - 2 * a @ b.T
    return float(np.sqrt(max(float(square.min()), 0.0)))
