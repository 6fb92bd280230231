"""What a worker says, as a process."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest

from Testing.engine.worker.small_results import FIGURES, GRID
from Testing.engine.worker.worker_runs import FAKE, ROOT, WorkerRun
from vpreg.job.files import write_job
from vpreg.job.job import Job
from vpreg.progress import Stage
from vpreg.results.result_json import damaged_files

Start = Callable[..., WorkerRun]


def test_progress_is_monotone_and_the_last_line_is_finished(start: Start, job: Job) -> None:
    events, _seconds = start(job).rest()

    told = [event for event in events if event["event"] == "progress"]
    fractions = [event["fraction"] for event in told]
    assert fractions == sorted(fractions)
    assert fractions[0] == 0
    assert fractions[-1] <= 1
    # On a busy machine a stage takes long enough to be told of twice.
    assert list(dict.fromkeys(event["stage"] for event in told)) == [one.value for one in Stage]
    assert [event["event"] for event in events].count("finished") == 1
    assert events[-1]["event"] == "finished"


def test_a_finished_job_names_its_folder_its_report_and_its_figures(start: Start, job: Job) -> None:
    run = start(job)

    events, _seconds = run.rest()

    last = events[-1]
    assert run.process.returncode == 0
    assert last["folder"] == str(job.output)
    assert last["report"] == str(job.output / "report.html")
    assert last["figures"]["final"] == {**FIGURES["final"], "unknown": None}
    assert damaged_files(job.output) == []


def test_warnings_are_lines(start: Start, job: Job) -> None:
    events, _seconds = start(job).rest()

    assert {"event": "warning", "message": "The scans look alike."} in events


def test_the_time_left_shrinks_with_the_work(start: Start, job: Job) -> None:
    slow = dataclasses.replace(job, settings={"steps": 4, "pause_s": 0.06})

    events, _seconds = start(slow).rest()

    left = {e["fraction"]: e["eta_s"] for e in events if e["event"] == "progress"}
    assert left[min(left)] is None
    assert left[max(left)] < 1.0


def test_what_a_library_prints_does_not_reach_standard_output(start: Start, job: Job) -> None:
    noisy = dataclasses.replace(job, settings={"prints": "noise"})

    run = start(noisy)
    events, _seconds = run.rest()

    assert events[-1]["event"] == "finished"
    assert run.process.stderr.read().count("noise") == 2


@pytest.mark.parametrize(
    ("error", "code", "status", "said"),
    [
        ("input", "bad_input", 2, "Crop the scans: they are too large."),
        ("memory", "out_of_memory", 1, "Close other programs"),
        ("fault", "fault", 1, "KeyError"),
    ],
)
def test_a_failure_is_a_sentence_a_code_and_no_folder(
    start: Start, job: Job, error: str, code: str, status: int, said: str
) -> None:
    run = start(dataclasses.replace(job, settings={"error": error}))

    events, _seconds = run.rest()

    assert run.process.returncode == status
    assert (events[-1]["event"], events[-1]["code"]) == ("failed", code)
    assert said in events[-1]["message"]
    assert list(job.output.parent.iterdir()) == []


def test_an_existing_output_is_refused_before_the_scans_are_read(start: Start, job: Job) -> None:
    job.output.mkdir()
    (job.output / "notes.txt").write_text("precious")

    events, _seconds = start(job).rest()

    assert [event["event"] for event in events] == ["failed"]
    assert events[0]["code"] == "bad_input"
    assert (job.output / "notes.txt").read_text() == "precious"


def test_force_replaces_an_earlier_result(start: Start, job: Job) -> None:
    start(job).rest()
    again = dataclasses.replace(job, force=True, report=False)

    events, _seconds = start(again).rest()

    assert events[-1]["event"] == "finished"
    assert not (job.output / "report.html").exists()
    assert [path.name for path in job.output.parent.iterdir()] == ["out"]


def test_landmarks_are_measured_through_the_whole_map(start: Start, job: Job) -> None:
    points = np.array([[GRID.origin_lps[0] + 6, GRID.origin_lps[1] + 8, GRID.origin_lps[2] + 9]])
    files = [job.fixed.with_name("a.csv"), job.fixed.with_name("b.csv")]
    for path in files:
        np.savetxt(path, points, delimiter=",")
    measured = dataclasses.replace(job, fixed_landmarks=files[0], moving_landmarks=files[1])

    events, _seconds = start(measured).rest()

    found = events[-1]["figures"]["landmarks"]
    assert found["as_scanned"]["mean_mm"] == 0
    assert found["affine"]["mean_mm"] > 0
    assert found["final"]["mean_mm"] != found["similarity_only"]["mean_mm"]


def test_standard_input_that_is_no_pipe_does_not_end_it(job: Job) -> None:
    path = job.fixed.with_name("job.json")
    write_job(job, path)

    done = subprocess.run(
        [sys.executable, "-m", FAKE, str(path)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )

    assert json.loads(done.stdout.splitlines()[-1])["event"] == "finished"
