"""`vpreg measure`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from Testing.engine.cli.small_files import SHAPE, Vpreg
from vpreg.cli.commands.measure import Lesions
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.writing import write_image
from vpreg.metrics.components import LesionIdentity


@pytest.fixture
def organ(tmp_path: Path, grid: Grid) -> Path:
    voxels = torch.zeros(SHAPE, dtype=torch.int32)
    voxels[2:10, 2:12, 2:14] = 1
    path = tmp_path / "organ.nii.gz"
    write_image(Image(voxels, grid), path)
    return path


def test_a_scan_against_itself_agrees_in_everything(
    vpreg: Vpreg, scan: Path, labels: Path, organ: Path
) -> None:
    maps = ["--fixed-labels", labels, "--moving-labels", labels]
    tumor = ["--fixed-tumor", labels, "--moving-tumor", labels, "--moving-organ", organ]

    done = vpreg("measure", scan, scan, *maps, *tumor, "--json")

    figures = json.loads(done.stdout)
    assert figures["mean_dice"] == 1.0
    assert figures["field"]["folded_voxels"] == 0
    assert figures["similarity"]["ncc"] == pytest.approx(1.0)
    assert figures["tumor"]["soft"]["worst"] == pytest.approx(1.0)


def test_a_shift_by_two_voxels_costs_the_dice_that_it_has_to(
    vpreg: Vpreg, scan: Path, labels: Path, shift: Path
) -> None:
    maps = ["--fixed-labels", labels, "--moving-labels", labels]

    done = vpreg("measure", scan, scan, "--transform", shift, *maps, "--json")

    # Five voxels wide, moved by two: three of five overlap.
    assert json.loads(done.stdout)["mean_dice"] == pytest.approx(3 / 5)


def test_what_was_not_given_is_null(vpreg: Vpreg, scan: Path, shift: Path) -> None:
    done = vpreg("measure", scan, scan, "--transform", shift, "--json")

    figures = json.loads(done.stdout)
    assert figures["tumor"] is None
    assert figures["labels"] is None
    assert figures["landmarks"] is None
    assert figures["field"]["largest_displacement_mm"] == pytest.approx(2.0, abs=1e-4)


def test_landmarks_are_compared_in_millimetres(
    vpreg: Vpreg, scan: Path, shift: Path, tmp_path: Path
) -> None:
    fixed, moving = tmp_path / "fixed.csv", tmp_path / "moving.csv"
    fixed.write_text("x,y,z\n-15,10,50\n-12,12,55\n")
    moving.write_text("-13,10,53\n-10,12,58\n")
    points = ["--fixed-landmarks", fixed, "--moving-landmarks", moving]

    before = json.loads(vpreg("measure", scan, scan, *points, "--json").stdout)
    after = json.loads(vpreg("measure", scan, scan, "--transform", shift, *points, "--json").stdout)

    assert before["landmarks"]["mean_mm"] == pytest.approx(13**0.5, abs=1e-3)
    assert after["landmarks"]["mean_mm"] == pytest.approx(3.0, abs=1e-3)


def test_the_table_says_what_stsr_does_not_mean(
    vpreg: Vpreg, scan: Path, labels: Path, organ: Path
) -> None:
    done = vpreg("measure", scan, scan, "--moving-tumor", labels, "--moving-organ", organ)

    assert "stsr soft" in done.stdout
    assert "not that the disease is stable" in done.stdout


def test_a_tumor_on_another_grid_is_refused(vpreg: Vpreg, scan: Path, tmp_path: Path) -> None:
    voxels = torch.zeros(4, 4, 4, dtype=torch.int32)
    voxels[1, 1, 1] = 1
    tumor = tmp_path / "tumor.nii.gz"
    write_image(Image(voxels, Grid((4, 4, 4))), tumor)

    done = vpreg("measure", scan, scan, "--moving-tumor", tumor)

    assert done.exit_code == 2
    assert "grid" in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_command_offers_the_identities_of_the_engine() -> None:
    assert {choice.value for choice in Lesions} == {choice.value for choice in LesionIdentity}
