"""The Python examples of the README run as they stand."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import SimpleITK
import torch

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.reading import read_image
from vpreg.images.writing import write_image
from vpreg.synthetic.head import make_head_pair
from vpreg.synthetic.head_settings import HeadSettings

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make the files that the example reads: two grids, and a growth by 1.2 along each axis."""
    generator = torch.Generator().manual_seed(0)
    for name, shape, spacing_mm in (("fixed", (10, 12, 14), 1.0), ("moving", (20, 24, 28), 0.5)):
        voxels = torch.rand(shape, generator=generator)
        grid = Grid(shape, spacing_mm=(spacing_mm, spacing_mm, spacing_mm))
        write_image(Image(voxels, grid), tmp_path / f"{name}.nii.gz")
    transform = SimpleITK.AffineTransform(3)
    transform.SetMatrix([1.2, 0, 0, 0, 1.2, 0, 0, 0, 1.2])
    SimpleITK.WriteTransform(transform, str(tmp_path / "transform.h5"))
    return tmp_path


def run(example: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", example], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_first_one_registers_two_scans(tmp_path: Path) -> None:
    pair = make_head_pair(HeadSettings(shape=(32, 40, 32), spacing_mm=5.0), seed=1)
    write_image(pair.fixed, tmp_path / "fixed.nii.gz")
    write_image(pair.moving, tmp_path / "moving.nii.gz")

    done = run(EXAMPLE.findall((ROOT / "README.md").read_text())[0], tmp_path)

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("torch.Size([32, 40, 32]) {'affine'")


def test_the_second_one_warps_and_tells_the_volume_change(folder: Path) -> None:
    done = run(EXAMPLE.findall((ROOT / "README.md").read_text())[1], folder)

    assert done.returncode == 0, done.stderr
    assert done.stdout == "volume change 1.73 to 1.73, 0 voxels fold\n"
    assert read_image(folder / "warped.nii.gz").grid.shape == (10, 12, 14)
