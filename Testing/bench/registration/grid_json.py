"""Grids as JSON and back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from vpreg.images.grid import Grid


def grid_to_json(grid: Grid) -> dict[str, Any]:
    """Return what `grid_from_json` reads."""
    return asdict(grid)


def grid_from_json(table: dict[str, Any]) -> Grid:
    """Return the grid that `grid_to_json` wrote, lists turned into tuples again."""
    return Grid(
        shape=tuple(table["shape"]),
        spacing_mm=tuple(table["spacing_mm"]),
        origin_lps=tuple(table["origin_lps"]),
        direction=tuple(tuple(row) for row in table["direction"]),
    )
