"""Let a result say when its scans were made."""

from __future__ import annotations

import dataclasses
import datetime as dt

from vpreg.images.dates import scan_date
from vpreg.job.job import Job
from vpreg.recipes.result import Result


def with_dates(result: Result, job: Job) -> Result:
    """Add the dates that the job gives, or else those in its DICOM folders (year-month-day)."""
    known = {
        "fixed": _given(job.fixed_date) or scan_date(job.fixed, series_uid=job.fixed_series),
        "moving": _given(job.moving_date) or scan_date(job.moving, series_uid=job.moving_series),
    }
    dates = {name: str(date) for name, date in known.items() if date is not None}
    return dataclasses.replace(
        result, provenance=dataclasses.replace(result.provenance, scan_dates=dates)
    )


def _given(date: str | None) -> dt.date | None:
    return None if date is None else dt.date.fromisoformat(date)
