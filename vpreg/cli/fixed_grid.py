"""The grid that a command works on."""

from __future__ import annotations

from pathlib import Path

import SimpleITK

from vpreg.fields.files import grid_of_transform
from vpreg.images.grid import Grid
from vpreg.images.reading import read_image


def grid_for(transform: SimpleITK.Transform, *, like: Path | None, name: str) -> Grid:
    """Return the grid of the scan after `--like`, or the one that the transform holds."""
    grid = grid_of_transform(transform) if like is None else read_image(like).grid
    if grid is None:
        msg = f"Add --like FIXED, the scan whose grid to use: {name} holds no grid of its own."
        raise ValueError(msg)
    return grid
