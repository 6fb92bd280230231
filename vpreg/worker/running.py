"""Run a job."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vpreg.job.job import Job
from vpreg.recipes.inputs import Inputs
from vpreg.recipes.result import Result
from vpreg.results.writing import write_result
from vpreg.worker.engine import Engine
from vpreg.worker.inputs import read_landmark_pairs
from vpreg.worker.landmark_figures import with_landmarks
from vpreg.worker.lines import Lines
from vpreg.worker.overall import OverallFraction
from vpreg.worker.reporting import LineProgress
from vpreg.worker.scan_dates import with_dates
from vpreg.worker.stop import Stop

REPORT_FILE = "report.html"


@dataclass(frozen=True)
class Ears:
    """Who hears of a job, and who may end it."""

    lines: Lines
    stop: Stop


def run_job(job: Job, ears: Ears, *, engine: Engine) -> Result:
    """Read, register, measure and write; the folder of the job is there when this returns.

    Raises Cancelled, ValueError with a plain sentence, or whatever is a fault, and then leaves
    nothing behind.
    """
    engine = engine.for_job(job)
    settings = engine.read_settings(dict(job.settings))
    landmarks = read_landmark_pairs(job)
    overall = OverallFraction(tuple(engine.stages(settings)))
    progress = LineProgress(ears.lines, ears.stop, overall)
    inputs = engine.read_inputs(job, progress=progress)
    if isinstance(inputs, Inputs):
        overall.expect(inputs.fixed.voxels.numel() / 1e6)
    result = engine.register(inputs, settings=settings, progress=progress)
    result = with_dates(result, job)
    if landmarks is not None:
        result = with_landmarks(result, *landmarks)
    for warning in result.provenance.warnings:
        ears.lines.write("warning", message=warning)
    write_result(
        result,
        job.output,
        replace=job.force,
        add=report_writer(result, job, engine),
        progress=progress,
        before_it_appears=ears.stop.close,
    )
    return result


def report_writer(result: Result, job: Job, engine: Engine) -> Callable[[Path], None]:
    """Return what adds the report to a folder, if the job wants one."""

    def add(folder: Path) -> None:
        if job.report and engine.write_report is not None:
            engine.write_report(result, folder / REPORT_FILE)

    return add
