"""The exact outline of a mask: along the edges of its pixels."""

from __future__ import annotations

import numpy as np


def outline_path(mask: np.ndarray, *, pixel_mm: tuple[float, float]) -> str:
    """Return an SVG path along all edges between inside and outside of a mask (rows, columns).

    Units are mm from the centre of the first pixel; runs of edges in a line are one stroke.
    """
    padded = np.pad(mask, 1).astype(np.int8)
    width, height = pixel_mm
    strokes = []
    # Edges between a pixel and the one below it run across, and lie half a pixel below it.
    for row, columns in _runs(np.diff(padded, axis=0)):
        y = (row - 0.5) * height
        strokes += [f"M{(a - 1.5) * width:.2f} {y:.2f}H{(b - 1.5) * width:.2f}" for a, b in columns]
    for column, rows in _runs(np.diff(padded, axis=1).T):
        x = (column - 0.5) * width
        strokes += [f"M{x:.2f} {(a - 1.5) * height:.2f}V{(b - 1.5) * height:.2f}" for a, b in rows]
    return "".join(strokes)


def _runs(edges: np.ndarray) -> list[tuple[int, list[tuple[int, int]]]]:
    """Return for each line of edges where its runs begin and end."""
    found = []
    for n, line in enumerate(edges != 0):
        steps = np.diff(np.concatenate([[0], line.astype(np.int8), [0]]))
        starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
        runs = [(int(a), int(b)) for a, b in zip(starts, ends, strict=True)]
        if runs:
            found.append((n, runs))
    return found
