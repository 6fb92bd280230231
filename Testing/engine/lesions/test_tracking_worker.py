"""The worker that follows a study, and its job file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from Testing.engine.lesions.small_studies import study_text, write_scans
from vpreg.job.tracking_job import (
    TrackingJob,
    read_tracking_job,
    work_beside,
    write_tracking_job,
)

ROOT = Path(__file__).resolve().parents[3]


def run(job: Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "vpreg.worker.track", "--ignore-stdin", str(job)]
    return subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=False)


def test_a_job_comes_back_from_its_file(tmp_path: Path):
    job = TrackingJob(
        study=tmp_path / "STUDY.toml",
        output=tmp_path / "out",
        work=tmp_path / "w",
        settings={"device": "cpu"},
        chain=True,
    )

    write_tracking_job(job, tmp_path / "job.json")

    assert read_tracking_job(tmp_path / "job.json") == job


def test_the_work_folder_lies_beside_the_output_unless_named(tmp_path: Path):
    content = {"schema": "vpreg.tracking-job", "schema_version": 1, "study": "s", "output": "o"}
    (tmp_path / "job.json").write_text(json.dumps(content))

    job = read_tracking_job(tmp_path / "job.json")

    assert job.work == work_beside(tmp_path / "o") == tmp_path / "o-work"


@pytest.mark.parametrize(
    ("entry", "said"),
    [({"chain": 1}, "true or false"), ({"colour": "red"}, "not a known"), ({"study": 3}, "path")],
)
def test_a_wrong_entry_is_named(tmp_path: Path, entry, said):
    content = {"schema": "vpreg.tracking-job", "schema_version": 1, "study": "s", "output": "o"}
    (tmp_path / "job.json").write_text(json.dumps(content | entry))

    with pytest.raises(ValueError, match=said):
        read_tracking_job(tmp_path / "job.json")


def test_a_cancelled_job_ends_with_its_code_and_writes_no_result(tmp_path: Path):
    write_scans(tmp_path)
    (tmp_path / "STUDY.toml").write_text(study_text())
    (tmp_path / "stop").touch()
    job = TrackingJob(
        study=tmp_path, output=tmp_path / "out", work=tmp_path / "w", cancel_file=tmp_path / "stop"
    )
    write_tracking_job(job, tmp_path / "job.json")

    done = run(tmp_path / "job.json")

    last = json.loads(done.stdout.splitlines()[-1])
    assert (done.returncode, last["event"], last["code"]) == (3, "failed", "cancelled")
    assert not (tmp_path / "out").exists()


def test_bad_input_is_told_in_the_last_line(tmp_path: Path):
    (tmp_path / "STUDY.toml").write_text("[[time_point]]\ndate = 2021-01-01\n")
    job = TrackingJob(study=tmp_path, output=tmp_path / "out", work=tmp_path / "w")
    write_tracking_job(job, tmp_path / "job.json")

    done = run(tmp_path / "job.json")

    last = json.loads(done.stdout.splitlines()[-1])
    assert (done.returncode, last["code"]) == (2, "bad_input")
    assert "Add 'scan'" in last["message"]
