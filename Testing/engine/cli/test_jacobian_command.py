"""`vpreg jacobian`."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
import SimpleITK
import torch

from Testing.engine.cli.small_files import SHAPE, Vpreg
from vpreg.fields.files import write_field
from vpreg.images.grid import Grid


def read_array(path: Path) -> torch.Tensor:
    return torch.from_numpy(SimpleITK.GetArrayFromImage(SimpleITK.ReadImage(str(path))))


def test_the_determinant_of_a_stretch_is_the_product_of_its_factors(
    vpreg: Vpreg, scan: Path, growth: Path
) -> None:
    done = vpreg("jacobian", growth, "--like", scan, "--json")

    figures = json.loads(done.stdout)
    assert figures["determinant_lowest"] == pytest.approx(1.32, abs=1e-4)
    assert figures["determinant_highest"] == pytest.approx(1.32, abs=1e-4)
    assert figures["log_determinant_sd"] == pytest.approx(0.0, abs=1e-4)
    assert figures["folded_voxels"] == 0


@pytest.mark.parametrize(("options", "value"), [((), 1.32), (("--log",), math.log(1.32))])
def test_the_image_holds_the_determinant_or_its_logarithm(
    vpreg: Vpreg, scan: Path, growth: Path, tmp_path: Path, options: tuple[str, ...], value: float
) -> None:
    output = tmp_path / "jacobian.nii.gz"

    vpreg("jacobian", growth, "--like", scan, "--output", output, *options)

    written = read_array(output)
    assert written.shape == SHAPE
    torch.testing.assert_close(written, torch.full(SHAPE, value), atol=1e-4, rtol=0)


def test_folds_are_counted_and_their_logarithm_is_finite(
    vpreg: Vpreg, grid: Grid, tmp_path: Path
) -> None:
    u = torch.zeros(3, *SHAPE)
    u[2, 6, 7, 8] = 1.5
    field, output = tmp_path / "field.nrrd", tmp_path / "jacobian.nii.gz"
    write_field(u, field, fixed_grid=grid)

    done = vpreg("jacobian", field, "--output", output, "--log", "--json")

    assert json.loads(done.stdout)["folded_voxels"] > 0
    assert torch.isfinite(read_array(output)).all()


def test_the_table_names_every_figure(vpreg: Vpreg, scan: Path, growth: Path) -> None:
    done = vpreg("jacobian", growth, "--like", scan)

    assert "determinant highest" in done.stdout
    assert "1.32" in done.stdout
    assert "folded voxels" in done.stdout


def test_a_device_that_is_not_there_is_refused(vpreg: Vpreg, scan: Path, growth: Path) -> None:
    done = vpreg("jacobian", growth, "--like", scan, "--device", "cuda:77")

    assert done.exit_code == 2
    assert "cpu" in done.stderr
    assert "cuda:77" in done.stderr
