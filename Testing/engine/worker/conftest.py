"""Jobs on small scans, and workers as processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from Testing.engine.worker.small_results import GRID, MOVING_GRID, blob
from Testing.engine.worker.worker_runs import WorkerRun
from vpreg.images.writing import write_image
from vpreg.job.files import write_job
from vpreg.job.job import Job


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder in which only results appear; the inputs lie elsewhere."""
    path = tmp_path / "results"
    path.mkdir()
    return path


@pytest.fixture
def job(tmp_path: Path, folder: Path) -> Job:
    write_image(blob(GRID), tmp_path / "fixed.nii.gz")
    write_image(blob(MOVING_GRID), tmp_path / "moving.nii.gz")
    return Job(tmp_path / "fixed.nii.gz", tmp_path / "moving.nii.gz", folder / "out")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., WorkerRun]]:
    """Return what starts a worker on a job; all are gone at the end of the test."""
    runs: list[WorkerRun] = []

    def begin(job: Job, *words: str) -> WorkerRun:
        path = tmp_path / f"job{len(runs)}.json"
        write_job(job, path)
        runs.append(WorkerRun(path, *words))
        return runs[-1]

    yield begin
    for run in runs:
        run.process.kill()
        run.process.wait()
