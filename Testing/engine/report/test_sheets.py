"""Slices survive the way into the page."""

from __future__ import annotations

import base64
from pathlib import Path

import numpy as np
import pytest
import SimpleITK
import torch

from vpreg.report.eight_bits import grey_bytes, log2_bytes
from vpreg.report.sheets import Encoding, SheetLayout, encode_sheet


def decode(uri: str, layout: SheetLayout, folder: Path) -> np.ndarray:
    """Read a sheet back as slices (K, J, I)."""
    kind, _, data = uri.removeprefix("data:image/").partition(";base64,")
    path = folder / f"sheet.{kind}"
    path.write_bytes(base64.b64decode(data))
    sheet = SimpleITK.GetArrayFromImage(SimpleITK.ReadImage(str(path)))
    tiles = sheet.reshape(layout.rows, layout.tile_height, layout.columns, layout.tile_width)
    slices = tiles.transpose(0, 2, 1, 3).reshape(-1, layout.tile_height, layout.tile_width)
    return slices[: layout.slices, : layout.height, : layout.width]


@pytest.mark.parametrize("shape", [(1, 8, 8), (5, 9, 17), (7, 30, 4)])
def test_a_map_comes_back_byte_by_byte(shape: tuple[int, int, int], tmp_path: Path) -> None:
    voxels = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)

    back = decode(encode_sheet(voxels, Encoding.PNG), SheetLayout.of(shape), tmp_path)

    assert np.array_equal(back, voxels)


def test_a_scan_comes_back_nearly_the_same(tmp_path: Path) -> None:
    ramp = np.add.outer(np.arange(6) * 30, np.add.outer(np.arange(21), np.arange(19)))
    voxels = ramp.astype(np.uint8)

    back = decode(encode_sheet(voxels, Encoding.JPEG), SheetLayout.of((6, 21, 19)), tmp_path)

    assert np.abs(back.astype(int) - voxels).max() <= 8


def test_an_unchanged_volume_is_the_middle_of_the_scale() -> None:
    determinant = torch.tensor([[[0.25, 0.5, 1.0, 2.0, 4.0, 100.0]]])

    assert log2_bytes(determinant).tolist() == [[[1, 64, 128, 192, 255, 255]]]


def test_a_determinant_that_is_not_positive_has_a_byte_of_its_own() -> None:
    determinant = torch.tensor([[[-1.0, 0.0, 1e-9]]])

    assert log2_bytes(determinant).tolist() == [[[0, 0, 1]]]


def test_grey_values_beyond_the_window_are_clipped() -> None:
    voxels = torch.tensor([[[-50.0, 0.0, 100.0, 900.0, torch.nan]]])

    assert grey_bytes(voxels, low=0, high=100).tolist() == [[[0, 0, 255, 255, 0]]]
