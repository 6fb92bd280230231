"""The Python example of the README runs as it stands."""

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


def test_it_warps_and_tells_the_volume_change(folder: Path) -> None:
    (example,) = EXAMPLE.findall((ROOT / "README.md").read_text())

    done = subprocess.run(
        [sys.executable, "-c", example], cwd=folder, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout == "volume change 1.73 to 1.73, 0 voxels fold\n"
    assert read_image(folder / "warped.nii.gz").grid.shape == (10, 12, 14)
