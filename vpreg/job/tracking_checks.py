"""Check a tracking job before any work."""

from __future__ import annotations

from vpreg.job.tracking_job import TrackingJob
from vpreg.results.target import check_target
from vpreg.results.unfinished import clear_stale


def check_tracking_job(job: TrackingJob) -> None:
    """Raise ValueError with a plain sentence if the job cannot run.

    What a killed job left beside the output is removed first.
    """
    if not job.study.exists():
        msg = f"Check the path of the study: {job.study} does not exist."
        raise ValueError(msg)
    output, work = job.output.resolve(), job.work.resolve()
    if work == output or work.is_relative_to(output):
        msg = f"Choose another work folder: {job.work} lies in the output folder."
        raise ValueError(msg)
    if job.study.resolve().is_relative_to(output):
        msg = f"Choose another output folder: {job.study}, which is read, lies in {job.output}."
        raise ValueError(msg)
    if work.exists() and not work.is_dir():
        msg = f"Choose another work folder: {job.work} is a file."
        raise ValueError(msg)
    clear_stale(output)
    check_target(output, replace=job.force)
