"""The worker with the recipes of vpreg, from files to a folder."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from Testing.engine.worker.worker_runs import WorkerRun
from vpreg.images.writing import write_image
from vpreg.job.files import write_job
from vpreg.job.job import Job
from vpreg.results.result_json import damaged_files, read_result_json
from vpreg.synthetic.pair_settings import PairSettings
from vpreg.synthetic.pairs import make_training_pair


@pytest.fixture
def real_job(tmp_path: Path) -> Job:
    pair = make_training_pair(PairSettings.for_shape((32, 32, 32)), seed=1)
    write_image(pair.fixed, tmp_path / "fixed.nii.gz")
    write_image(pair.moving, tmp_path / "moving.nii.gz")
    settings = {"device": "cpu", "affine": "none", "preset": "generic"}
    return Job(tmp_path / "fixed.nii.gz", tmp_path / "moving.nii.gz", tmp_path / "out", settings)


def run_real(job: Job) -> tuple[WorkerRun, list[dict]]:
    path = job.fixed.with_name("job.json")
    write_job(job, path)
    run = WorkerRun(path, module="vpreg.worker")
    return run, run.rest()[0]


def test_two_scans_become_a_whole_folder_with_a_report(real_job: Job) -> None:
    run, events = run_real(real_job)

    assert events[-1]["event"] == "finished", run.process.stderr.read()
    assert damaged_files(real_job.output) == []
    content = read_result_json(real_job.output)
    assert content["provenance"]["recipe"] == "volume-preserving"
    names = {entry["name"] for entry in content["files"]}
    assert {"report.html", "transform.h5", "similarity_only/transform.h5"} <= names
    fractions = [event["fraction"] for event in events if event["event"] == "progress"]
    assert fractions == sorted(fractions)


@pytest.mark.parametrize("wrong", [{"mode": "sideways"}, {"preset": "elbow-mr"}, {"sede": 1}])
def test_wrong_settings_are_bad_input(real_job: Job, wrong: dict) -> None:
    wanted = dataclasses.replace(real_job, settings={**real_job.settings, **wrong})

    run, events = run_real(wanted)

    assert run.process.returncode == 2
    assert events[-1]["code"] == "bad_input"
    assert not real_job.output.exists()
