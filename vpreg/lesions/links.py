"""Decide which pieces of a date go on from which lesions."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

HALF_INSIDE = 0.5
"""From here on a piece and a lesion are the same tissue: the one lies in the other."""
SOME_OVERLAP = 0.1
"""Enough where there is nothing better: a small lesion that the alignment left a bit aside."""
NEAR_MM = 5.0
"""What an alignment may be off; beyond it, lesions that do not touch are others."""


def find_links(
    shares: np.ndarray, *, gaps_mm: Callable[[], np.ndarray], allowed: np.ndarray
) -> np.ndarray:
    """Return which lesion (row) goes on as which piece (column), as bool; several may.

    `shares` are overlaps of the smaller with the larger one; `gaps_mm` is asked only where a lesion
    and a piece are left without overlap. Where `allowed` is false there is no link.
    """
    shares = np.where(allowed, shares, 0.0)
    links: np.ndarray = shares >= HALF_INSIDE
    _add_mutually_best(links, shares, at_least=SOME_OVERLAP)
    if (~links.any(1)).any() and (~links.any(0)).any():
        closeness = np.where(allowed, -gaps_mm(), -np.inf)
        _add_mutually_best(links, closeness, at_least=-NEAR_MM)
    return links


def _add_mutually_best(links: np.ndarray, score: np.ndarray, *, at_least: float) -> None:
    """Link those without a link, the best first, each at most once."""
    for place in np.argsort(-score, axis=None, kind="stable"):
        row, column = divmod(int(place), score.shape[1])
        if score[row, column] < at_least:
            return
        if not links[row].any() and not links[:, column].any():
            links[row, column] = True
