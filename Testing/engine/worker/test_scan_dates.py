"""A result says when its scans were made, as far as that is known."""

from __future__ import annotations

from pathlib import Path

from Testing.engine.worker.small_results import small_result
from vpreg.job.job import Job
from vpreg.worker.scan_dates import with_dates


def test_what_the_job_says_is_kept(tmp_path: Path) -> None:
    job = Job(tmp_path / "f.nii", tmp_path / "m.nii", tmp_path / "out", fixed_date="2026-03-14")

    dates = with_dates(small_result(), job).provenance.scan_dates

    assert dates == {"fixed": "2026-03-14"}


def test_a_folder_that_tells_no_date_is_no_problem(tmp_path: Path) -> None:
    job = Job(tmp_path, tmp_path, tmp_path / "out", moving_date="20260314")

    assert with_dates(small_result(), job).provenance.scan_dates == {"moving": "2026-03-14"}
