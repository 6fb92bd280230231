"""`vpreg warp`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from Testing.engine.cli.small_files import Vpreg
from vpreg.cli.commands.warp import Sampling
from vpreg.images.image import Image
from vpreg.images.interpolation import Interpolation
from vpreg.images.reading import read_image, read_labels
from vpreg.images.writing import write_image


def test_a_shift_of_two_voxels_moves_the_scan_by_two_voxels(
    vpreg: Vpreg, scan: Path, shift: Path, tmp_path: Path
) -> None:
    output = tmp_path / "warped.nii.gz"

    done = vpreg("warp", scan, shift, "--like", scan, "--output", output)

    assert done.exit_code == 0, done.stderr
    before, after = read_image(scan), read_image(output)
    assert after.grid.matches(before.grid)
    torch.testing.assert_close(after.voxels[..., :-2], before.voxels[..., 2:])
    assert (after.voxels[..., -2:] == 0).all()


def test_the_background_fills_what_lies_outside(
    vpreg: Vpreg, scan: Path, shift: Path, tmp_path: Path
) -> None:
    output = tmp_path / "warped.nii.gz"

    vpreg("warp", scan, shift, "--like", scan, "-o", output, "--background", "-1000")

    before, after = read_image(scan), read_image(output)
    torch.testing.assert_close(after.voxels[..., :-2], before.voxels[..., 2:], atol=1e-3, rtol=0)
    assert (after.voxels[..., -2:] == -1000).all()


def test_labels_stay_whole_numbers(
    vpreg: Vpreg, labels: Path, scan: Path, growth: Path, tmp_path: Path
) -> None:
    output = tmp_path / "warped.nii.gz"

    vpreg("warp", labels, growth, "--like", scan, "-o", output, "--interpolation", "labels")

    after = read_labels(output)
    assert set(after.voxels.unique().tolist()) == {0, 7}


def test_a_moving_scan_on_another_grid_lands_on_the_fixed_one(
    vpreg: Vpreg, scan: Path, shift: Path, tmp_path: Path
) -> None:
    fixed = read_image(scan)
    coarse = tmp_path / "coarse.nii.gz"
    matrix = fixed.grid.voxel_to_lps.copy()
    matrix[:3, 2] *= 2
    half = Image(fixed.voxels[..., ::2].contiguous(), fixed.grid.from_matrix((12, 14, 8), matrix))
    write_image(half, coarse)
    output = tmp_path / "warped.nii.gz"

    vpreg("warp", coarse, shift, "--like", scan, "-o", output)

    after = read_image(output)
    assert after.grid.matches(fixed.grid)
    torch.testing.assert_close(after.voxels[..., :13:2], fixed.voxels[..., 2:16:2])


def test_json_is_one_object_and_nothing_else(
    vpreg: Vpreg, scan: Path, shift: Path, tmp_path: Path
) -> None:
    output = tmp_path / "warped.nii.gz"

    done = vpreg("warp", scan, shift, "--like", scan, "-o", output, "--json")

    figures = json.loads(done.stdout)
    assert figures["output"] == str(output)
    assert figures["shape"] == [12, 14, 16]


@pytest.mark.parametrize(
    ("moving", "said"),
    [("missing.nii.gz", "does not exist"), ("shift.tfm", "shift.tfm does not")],
)
def test_a_bad_input_gets_one_sentence_and_writes_nothing(
    vpreg: Vpreg, scan: Path, shift: Path, tmp_path: Path, moving: str, said: str
) -> None:
    output = tmp_path / "warped.nii.gz"

    done = vpreg("warp", tmp_path / moving, shift, "--like", scan, "-o", output)

    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["scan.nii.gz", "shift.tfm"]


def test_a_transform_without_a_grid_asks_for_the_fixed_scan(
    vpreg: Vpreg, scan: Path, shift: Path, tmp_path: Path
) -> None:
    done = vpreg("warp", scan, shift, "-o", tmp_path / "warped.nii.gz")

    assert done.exit_code == 2
    assert "--like" in done.stderr


def test_an_existing_file_stays_unless_forced(
    vpreg: Vpreg, scan: Path, shift: Path, tmp_path: Path
) -> None:
    output = tmp_path / "warped.nii.gz"
    output.write_bytes(b"precious")

    refused = vpreg("warp", scan, shift, "--like", scan, "-o", output)

    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert output.read_bytes() == b"precious"

    forced = vpreg("warp", scan, shift, "--like", scan, "-o", output, "--force")

    assert forced.exit_code == 0
    assert read_image(output).grid.shape == (12, 14, 16)


def test_the_command_offers_the_interpolations_of_the_engine() -> None:
    assert {choice.value for choice in Sampling} == {choice.value for choice in Interpolation}
