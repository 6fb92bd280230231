"""`vpreg convert`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import SimpleITK

from Testing.engine.cli.small_files import SHIFT_MM, Vpreg
from vpreg.fields.files import read_transform

POINT_MM = (-12.5, 9.0, 52.0)


@pytest.mark.parametrize("name", ["field.h5", "field.nrrd", "field.nii.gz", "field.mha"])
def test_a_shift_survives_every_format(
    vpreg: Vpreg, scan: Path, shift: Path, tmp_path: Path, name: str
) -> None:
    first, second = tmp_path / "first.nrrd", tmp_path / name

    there = vpreg("convert", shift, first, "--like", scan)
    onward = vpreg("convert", first, second, "--force")

    assert (there.exit_code, onward.exit_code) == (0, 0), onward.stderr
    moved = read_transform(second).TransformPoint(POINT_MM)
    assert moved == pytest.approx(np.add(POINT_MM, SHIFT_MM), abs=1e-5)


def test_a_transform_file_needs_no_grid(vpreg: Vpreg, shift: Path, tmp_path: Path) -> None:
    output = tmp_path / "shift.h5"

    done = vpreg("convert", shift, output)

    assert done.exit_code == 0, done.stderr
    assert SimpleITK.ReadTransform(str(output)).TransformPoint((0.0, 0.0, 0.0)) == SHIFT_MM


def test_an_analytic_transform_as_an_image_asks_for_a_grid(
    vpreg: Vpreg, shift: Path, tmp_path: Path
) -> None:
    output = tmp_path / "field.nii.gz"

    done = vpreg("convert", shift, output)

    assert done.exit_code == 2
    assert "--like" in done.stderr
    assert not output.exists()


def test_an_unknown_ending_is_refused(vpreg: Vpreg, shift: Path, tmp_path: Path) -> None:
    output = tmp_path / "field.docx"

    done = vpreg("convert", shift, output)

    assert done.exit_code == 2
    assert "field.docx" in done.stderr
    assert not output.exists()
