"""Lay the slices of a volume side by side in one picture, as text that a page can hold."""

from __future__ import annotations

import base64
import math
import tempfile
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np
import SimpleITK

# JPEG works in blocks of this size: slices that start at one do not stain each other.
BLOCK = 8
_LEVEL = {"jpeg": 80, "png": 9}


class Encoding(Enum):
    """JPEG for scans, whose noise costs most; PNG for maps, whose every value has a meaning."""

    JPEG = "jpeg"
    PNG = "png"


@dataclass(frozen=True)
class SheetLayout:
    """Where the slices lie: row by row, each in a tile that may be larger than itself."""

    slices: int
    height: int
    width: int
    tile_height: int
    tile_width: int
    columns: int

    @property
    def rows(self) -> int:
        """The number of rows of tiles."""
        return math.ceil(self.slices / self.columns)

    @classmethod
    def of(cls, shape: tuple[int, int, int]) -> SheetLayout:
        """Arrange a volume (K, J, I) so that the sheet is about as high as wide."""
        k, j, i = shape
        tile_j, tile_i = (math.ceil(n / BLOCK) * BLOCK for n in (j, i))
        columns = min(k, math.ceil(math.sqrt(k * tile_j / tile_i)))
        return cls(k, j, i, tile_j, tile_i, columns)


def lay_out(voxels: np.ndarray, layout: SheetLayout) -> np.ndarray:
    """Return a volume (K, J, I) of uint8 as one picture (height, width)."""
    spare = layout.rows * layout.columns - layout.slices
    down, right = layout.tile_height - layout.height, layout.tile_width - layout.width
    tiles = np.pad(voxels, ((0, 0), (0, down), (0, right)), mode="edge")
    tiles = np.pad(tiles, ((0, spare), (0, 0), (0, 0)))
    grid = tiles.reshape(layout.rows, layout.columns, layout.tile_height, layout.tile_width)
    return np.ascontiguousarray(grid.transpose(0, 2, 1, 3).reshape(_size(layout)))


def encode_sheet(voxels: np.ndarray, encoding: Encoding) -> str:
    """Return a volume (K, J, I) of uint8 as the data URI of its sheet."""
    k, j, i = voxels.shape
    picture = SimpleITK.GetImageFromArray(lay_out(voxels, SheetLayout.of((k, j, i))))
    # SimpleITK writes pictures to files only; with it, no other library is needed for them.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"sheet.{encoding.value}"
        SimpleITK.WriteImage(picture, str(path), True, _LEVEL[encoding.value])
        data = base64.b64encode(path.read_bytes()).decode("ascii")
    return f"data:image/{encoding.value};base64,{data}"


def _size(layout: SheetLayout) -> tuple[int, int]:
    return layout.rows * layout.tile_height, layout.columns * layout.tile_width
