"""Small scans and transforms as files, and a way to call `vpreg` on them."""

from __future__ import annotations

from pathlib import Path

import pytest
import SimpleITK
import torch
from typer.testing import CliRunner

from Testing.engine.cli.small_files import SHAPE, SHIFT_MM, Vpreg
from vpreg.cli.application import application
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.writing import write_image


@pytest.fixture
def vpreg() -> Vpreg:
    return lambda *words: CliRunner().invoke(application, [str(word) for word in words])


@pytest.fixture
def grid() -> Grid:
    return Grid(SHAPE, spacing_mm=(3.0, 1.5, 1.0), origin_lps=(-20.0, 5.0, 40.0))


@pytest.fixture
def scan(tmp_path: Path, grid: Grid) -> Path:
    voxels = torch.rand(SHAPE, generator=torch.Generator().manual_seed(0)) + 100
    path = tmp_path / "scan.nii.gz"
    write_image(Image(voxels, grid), path)
    return path


@pytest.fixture
def labels(tmp_path: Path, grid: Grid) -> Path:
    voxels = torch.zeros(SHAPE, dtype=torch.int32)
    voxels[3:8, 4:9, 5:10] = 7
    path = tmp_path / "labels.nii.gz"
    write_image(Image(voxels, grid), path)
    return path


@pytest.fixture
def shift(tmp_path: Path) -> Path:
    """Make a transform that looks 2 mm to the left of the patient, so that tissue moves right."""
    path = tmp_path / "shift.tfm"
    SimpleITK.WriteTransform(SimpleITK.TranslationTransform(3, SHIFT_MM), str(path))
    return path


@pytest.fixture
def growth(tmp_path: Path) -> Path:
    """Make a transform whose determinant is 1.1 x 1.2 x 1.0 = 1.32 everywhere."""
    transform = SimpleITK.AffineTransform(3)
    transform.SetMatrix([1.1, 0, 0, 0, 1.2, 0, 0, 0, 1.0])
    path = tmp_path / "growth.tfm"
    SimpleITK.WriteTransform(transform, str(path))
    return path
