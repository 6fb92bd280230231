"""A worker ends when it is asked to, and leaves nothing."""

from __future__ import annotations

import dataclasses
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Callable

import pytest

from Testing.engine.worker.worker_runs import WorkerRun
from vpreg.job.job import Job

Start = Callable[..., WorkerRun]
SOON_S = 10.0


def ask_to_end(run: WorkerRun, job: Job, way: str) -> None:
    """Ask for the end in one of the ways that the owner of a worker has."""
    if way == "stdin":
        run.process.stdin.close()
    elif way == "cancel file":
        assert job.cancel_file is not None
        job.cancel_file.touch()
    else:
        run.process.send_signal(getattr(signal, way))


def cancellable(job: Job, **settings: object) -> Job:
    return dataclasses.replace(job, settings=settings, cancel_file=job.fixed.with_name("cancel"))


@pytest.mark.parametrize("way", ["stdin", "cancel file", "SIGTERM", "SIGINT"])
@pytest.mark.parametrize("deaf", [False, True], ids=["reporting", "busy in one long call"])
def test_it_ends_soon_and_leaves_nothing(start: Start, job: Job, way: str, deaf: bool) -> None:
    job = cancellable(job, steps=1000, pause_s=0.05, deaf=deaf)
    run = start(job)
    run.wait_for("reading" if deaf else "affine")

    ask_to_end(run, job, way)
    events, seconds = run.rest()

    assert seconds < SOON_S
    assert run.process.returncode == 3
    assert [e["code"] for e in events if e["event"] == "failed"] == ["cancelled"]
    assert list(job.output.parent.iterdir()) == []


def test_it_ends_soon_when_nobody_reads_its_lines(start: Start, job: Job) -> None:
    run = start(cancellable(job, steps=1000, pause_s=0.05))
    run.wait_for("affine")

    run.process.stdout.close()
    run.process.wait(timeout=SOON_S)

    assert run.process.returncode == 3
    assert list(job.output.parent.iterdir()) == []


def test_it_ends_before_the_engine_is_loaded(start: Start, job: Job) -> None:
    job = cancellable(job, deaf=True)
    assert job.cancel_file is not None
    job.cancel_file.touch()

    events, _seconds = start(job).rest()

    assert events[-1]["code"] == "cancelled"
    assert list(job.output.parent.iterdir()) == []


def test_a_pipe_that_is_told_to_be_ignored_may_close(start: Start, job: Job) -> None:
    run = start(dataclasses.replace(job, settings={"pause_s": 0.02}), "--ignore-stdin")

    run.process.stdin.close()
    events, _seconds = run.rest()

    assert events[-1]["event"] == "finished"


def test_a_killed_worker_leaves_no_output_folder(start: Start, job: Job) -> None:
    run = start(cancellable(job, steps=1000, pause_s=0.05))
    run.wait_for("affine")

    run.process.kill()
    run.process.wait()

    assert not job.output.exists()


def test_the_next_run_removes_what_a_killed_one_left(start: Start, job: Job) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    machine = platform.node().replace(".", "-") or "here"
    left = job.output.with_name(f".out.{machine}.{dead.pid}.00aa00aa.unfinished")
    alive = job.output.with_name(f".out.{machine}.{os.getpid()}.00aa00aa.unfinished")
    elsewhere = job.output.with_name(f".out.other.{dead.pid}.00aa00aa.unfinished")
    for folder in (left, alive, elsewhere):
        folder.mkdir()
        (folder / "warped.nii.gz").touch()

    start(job).rest()

    assert {path.name for path in job.output.parent.iterdir()} == {
        "out",
        alive.name,
        elsewhere.name,
    }
