"""What is in a result folder."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import SimpleITK

from Testing.engine.worker.small_results import FIGURES, GRID, small_result
from vpreg.images.itk import from_itk, to_itk
from vpreg.images.reading import read_image
from vpreg.recipes.result import Result
from vpreg.results.result_json import damaged_files, read_result_json
from vpreg.results.writing import write_result

ALIGNMENT = {"warped.nii.gz", "transform.h5", "inverse.h5", "jacobian.nii.gz", "folds.nii.gz"}
MASKS = {"soft_mask.nii.gz", "soft_mask_moving.nii.gz", "organ.nii.gz", "organ_moving.nii.gz"}


@pytest.fixture(scope="module")
def result() -> Result:
    return small_result()


@pytest.fixture(scope="module")
def folder(result: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("results") / "out"
    write_result(result, path, replace=False)
    return path


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_it_holds_the_files_of_the_design(folder: Path) -> None:
    compared = {f"similarity_only/{name}" for name in ALIGNMENT}

    assert files_in(folder) == ALIGNMENT | MASKS | compared | {"result.json"}


@pytest.mark.parametrize("part", ["", "similarity_only"])
def test_itk_resamples_with_the_transform_to_the_warped_scan(
    result: Result, folder: Path, part: str
) -> None:
    transform = SimpleITK.ReadTransform(str(folder / part / "transform.h5"))

    resampled = SimpleITK.Resample(
        to_itk(result.moving), to_itk(result.fixed), transform, SimpleITK.sitkLinear, 0.0
    )

    # The outermost voxels look partly past the moving scan, where the two fade out differently.
    inner = (slice(2, -2),) * 3
    warped = read_image(folder / part / "warped.nii.gz").voxels
    gap = (from_itk(resampled).voxels - warped)[inner].abs()
    assert gap.max() < 0.01
    assert warped[inner].std() > 1


@pytest.mark.parametrize("part", ["", "similarity_only"])
def test_the_inverse_undoes_the_transform(folder: Path, part: str) -> None:
    there = SimpleITK.ReadTransform(str(folder / part / "transform.h5"))
    back = SimpleITK.ReadTransform(str(folder / part / "inverse.h5"))
    index = np.stack(np.meshgrid(*(range(2, n - 2, 3) for n in GRID.shape), indexing="ij"), -1)
    points = index.reshape(-1, 3) @ GRID.voxel_to_lps[:3, :3].T + GRID.voxel_to_lps[:3, 3]

    moved = np.array([there.TransformPoint(point) for point in points.tolist()])
    returned = np.array([back.TransformPoint(point) for point in moved.tolist()])

    gap_voxels = (returned - points) @ GRID.lps_to_voxel[:3, :3].T
    assert np.abs(gap_voxels).max() < 0.1
    assert np.linalg.norm(moved - points, axis=1).max() > 1


def test_the_description_lists_every_file_with_its_hash(folder: Path) -> None:
    content = read_result_json(folder)

    assert {entry["name"] for entry in content["files"]} == files_in(folder) - {"result.json"}
    assert all(entry["meaning"] for entry in content["files"])
    assert damaged_files(folder) == []


def test_a_changed_and_a_missing_file_are_found(result: Result, tmp_path: Path) -> None:
    write_result(result, tmp_path / "out", replace=False)
    (tmp_path / "out" / "organ.nii.gz").write_bytes(b"other")
    (tmp_path / "out" / "folds.nii.gz").unlink()

    assert sorted(damaged_files(tmp_path / "out")) == ["folds.nii.gz", "organ.nii.gz"]


def test_an_unknown_figure_is_null(folder: Path) -> None:
    def refuse(word: str) -> None:
        raise AssertionError(word)

    content = json.loads((folder / "result.json").read_text(), parse_constant=refuse)

    assert content["figures"]["final"] == {**FIGURES["final"], "unknown": None}
    assert content["provenance"]["seconds_by_stage"] == {"affine": 0.1}


def test_without_a_comparison_and_masks_their_files_are_not_there(
    result: Result, tmp_path: Path
) -> None:
    alone = dataclasses.replace(
        result, similarity_only=None, soft_mask_fixed=None, soft_mask_moving=None
    )

    write_result(alone, tmp_path / "out", replace=False)

    assert files_in(tmp_path / "out") == ALIGNMENT | {
        "organ.nii.gz",
        "organ_moving.nii.gz",
        "result.json",
    }


def test_what_is_added_is_listed(result: Result, tmp_path: Path) -> None:
    def add(folder: Path) -> None:
        (folder / "report.html").write_text("<html></html>")

    write_result(result, tmp_path / "out", replace=False, add=add)

    names = [entry["name"] for entry in read_result_json(tmp_path / "out")["files"]]
    assert "report.html" in names
