"""The segmentation of one time point, and its pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import SimpleITK

from vpreg.images.grid import Grid
from vpreg.lesions.piece import Piece, to_index
from vpreg.lesions.study.study import PieceRule


@dataclass(frozen=True)
class Segmentation:
    """Pieces numbered from 1, and the map (K, J, I) that has these numbers as its voxels."""

    pieces: tuple[Piece, ...]
    numbers: np.ndarray
    grid: Grid

    def number_at(self, points_lps: np.ndarray) -> np.ndarray:
        """Return the number of the piece at each point (N, 3); 0 outside all of them."""
        index = np.rint(to_index(points_lps, self.grid))
        inside = ((index >= 0) & (index < np.array(self.grid.shape))).all(-1)
        k, j, i = np.where(inside[:, None], index, 0).astype(int).T
        return np.asarray(np.where(inside, self.numbers[k, j, i], 0))


def rule_for(maps: Sequence[np.ndarray], rule: PieceRule) -> PieceRule:
    """Decide what AUTO means for the label maps of all time points together."""
    if rule is not PieceRule.AUTO:
        return rule
    several = any(len(np.unique(labels[labels > 0])) > 1 for labels in maps)
    return PieceRule.LABELS if several else PieceRule.COMPONENTS


def find_pieces(labels: np.ndarray, grid: Grid, *, rule: PieceRule) -> Segmentation:
    """Cut a label map (K, J, I) into pieces: connected ones (by corners too), or one a label."""
    inside = np.argwhere(labels > 0)
    at = tuple(inside.T)
    groups = labels[at] if rule is PieceRule.LABELS else _components(labels > 0)[at]
    order = np.argsort(groups, kind="stable")
    parts = np.split(inside[order], np.flatnonzero(np.diff(groups[order])) + 1)
    # Equal sizes keep the order of their labels, so that numbers do not depend on chance.
    parts = sorted((part for part in parts if len(part)), key=lambda part: -len(part))
    numbers = np.zeros(labels.shape, dtype=np.int32)
    pieces = []
    for number, part in enumerate(parts, start=1):
        numbers[tuple(part.T)] = number
        start, mask = _cut(part)
        label = int(np.bincount(labels[tuple(part.T)]).argmax())
        pieces.append(Piece(number, label, mask, start, grid))
    return Segmentation(tuple(pieces), numbers, grid)


def _components(mask: np.ndarray) -> np.ndarray:
    source = SimpleITK.GetImageFromArray(mask.astype(np.uint8))
    return np.asarray(SimpleITK.GetArrayFromImage(SimpleITK.ConnectedComponent(source, True)))


def _cut(indices: np.ndarray) -> tuple[tuple[int, int, int], np.ndarray]:
    """Return the first corner of the box around some voxels, and their mask inside of it."""
    low = indices.min(0)
    mask = np.zeros(indices.max(0) - low + 1, dtype=bool)
    mask[tuple((indices - low).T)] = True
    k, j, i = low.tolist()
    return (k, j, i), mask
