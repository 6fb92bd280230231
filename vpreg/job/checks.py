"""Check a job before any work."""

from __future__ import annotations

import datetime as dt

from vpreg.job.job import Job
from vpreg.results.target import check_target
from vpreg.results.unfinished import clear_stale

_IN_WORDS = {
    "fixed": "fixed scan",
    "moving": "moving scan",
    "organ": "organ",
    "fixed_organ": "organ in the fixed scan",
    "fixed_tumor": "tumor in the fixed scan",
    "moving_tumor": "tumor in the moving scan",
    "fixed_mask": "mask of the fixed scan",
    "moving_mask": "mask of the moving scan",
    "fixed_landmarks": "landmarks of the fixed scan",
    "moving_landmarks": "landmarks of the moving scan",
    "affine_file": "affine transform",
    "acquired": "mask of the acquired slices",
    "excluded": "map of what is left out",
    "atlas_labels": "labels of the atlas",
    "scan_labels": "labels of the scan",
}


def check_job(job: Job) -> None:
    """Raise ValueError with a plain sentence if the job cannot run; nothing is read or written.

    What a killed job left beside the output is removed first.
    """
    for name, path in job.inputs.items():
        if not path.exists():
            msg = f"Check the path of the {_IN_WORDS[name]}: {path} does not exist."
            raise ValueError(msg)
    if (job.fixed_landmarks is None) != (job.moving_landmarks is None):
        msg = "Give the landmarks of both scans, or of none: an error is a distance between two."
        raise ValueError(msg)
    for date in (job.fixed_date, job.moving_date):
        _check_date(date)
    output = job.output.resolve()
    inside = [path for path in job.inputs.values() if path.resolve().is_relative_to(output)]
    if inside:
        msg = f"Choose another output folder: {inside[0]}, which is read, lies in {job.output}."
        raise ValueError(msg)
    clear_stale(output)
    check_target(output, replace=job.force)


def _check_date(date: str | None) -> None:
    try:
        dt.date.fromisoformat(date or "2000-01-01")
    except ValueError as error:
        msg = f"Give dates as year-month-day, 2026-03-14: {date} is none."
        raise ValueError(msg) from error
