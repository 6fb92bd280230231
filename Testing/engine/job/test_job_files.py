"""Jobs as files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from vpreg.job.checks import check_job
from vpreg.job.files import read_job, write_job
from vpreg.job.from_json import job_from_json
from vpreg.job.job import Job, OrganChoice

PLAIN = {
    "schema": "vpreg.job",
    "schema_version": 1,
    "fixed": "f.nii",
    "moving": "m.nii",
    "output": "out",
}


def test_a_job_comes_back_from_its_file(tmp_path: Path) -> None:
    job = Job(
        fixed=tmp_path / "f.nii",
        moving=tmp_path / "m.nii",
        output=tmp_path / "out",
        settings={"mode": "atlas", "seed": 3},
        organ=OrganChoice(tmp_path / "labels.nii", 7),
        fixed_tumor=tmp_path / "t.nii",
        fixed_series="1.2.3",
        moving_date="2026-03-14",
        cancel_file=tmp_path / "cancel",
        force=True,
        report=False,
    )

    write_job(job, tmp_path / "job.json")

    assert read_job(tmp_path / "job.json") == job


def test_relative_paths_start_at_the_folder_of_the_job(tmp_path: Path) -> None:
    (tmp_path / "job.json").write_text(json.dumps(PLAIN))

    job = read_job(tmp_path / "job.json")

    assert (job.fixed, job.output) == (tmp_path / "f.nii", tmp_path / "out")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schema": "other"}, "Start it with"),
        ({"schema_version": 2}, "does not know 2"),
        ({"fixed": None}, "Add 'fixed'"),
        ({"fixed": 3}, "Write a path for 'fixed'"),
        ({"moving_tumour": "t.nii"}, "Write 'moving_tumor'"),
        ({"zzz": 1}, "'zzz' is not a known entry"),
        ({"force": "yes"}, "Write true or false for 'force'"),
        ({"settings": 3}, "Write an object for 'settings'"),
        ({"fixed_series": 3}, "Write a text for 'fixed_series'"),
        ({"organ": "o.nii"}, "Write an object with 'path' and 'label'"),
        ({"organ": {"path": "o.nii", "label": 0}}, "whole number from 1"),
        ({"organ": {"path": "o.nii", "labels": 1}}, "Write 'label'"),
    ],
)
def test_a_wrong_entry_gets_a_sentence(tmp_path: Path, change: dict, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        job_from_json({**PLAIN, **change}, base=tmp_path)


@pytest.mark.parametrize(
    ("text", "said"), [("{", "no valid JSON"), ("[]", "Start it with"), (None, "is no file")]
)
def test_a_file_that_is_no_job_gets_a_sentence(tmp_path: Path, text: str | None, said: str) -> None:
    path = tmp_path / "job.json"
    if text is not None:
        path.write_text(text)

    with pytest.raises(ValueError, match=said):
        read_job(path)


def two_scans(tmp_path: Path) -> Job:
    for name in ("f.nii", "m.nii"):
        (tmp_path / name).touch()
    return job_from_json(PLAIN, base=tmp_path)


def test_a_job_that_can_run_passes(tmp_path: Path) -> None:
    check_job(two_scans(tmp_path))

    assert sorted(path.name for path in tmp_path.iterdir()) == ["f.nii", "m.nii"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"moving": "no.nii"}, "path of the moving scan"),
        ({"organ": {"path": "no.nii"}}, "path of the organ"),
        ({"fixed_landmarks": "f.nii"}, "landmarks of both scans"),
        ({"output": "no/out"}, "Make the folder first"),
        ({"output": "f.nii"}, "Choose another output folder"),
        ({"output": "."}, "Choose another output folder"),
    ],
)
def test_a_job_that_cannot_run_gets_a_sentence(tmp_path: Path, change: dict, said: str) -> None:
    two_scans(tmp_path)

    with pytest.raises(ValueError, match=said):
        check_job(job_from_json({**PLAIN, **change}, base=tmp_path))


@pytest.mark.parametrize("room", ["vpreg.job.files", "vpreg.job.checks", "vpreg.worker.entry"])
def test_a_job_is_made_and_a_worker_starts_without_torch(room: str) -> None:
    program = f"import sys, {room}; print({{'torch', 'numpy', 'SimpleITK'}} & set(sys.modules))"

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "set()"
