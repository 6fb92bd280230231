"""A job chooses among the series of a DICOM folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from Testing.engine.worker.small_results import GRID, blob
from vpreg.job.job import Job
from vpreg.progress import Silent
from vpreg.worker import inputs


def test_each_scan_is_read_from_its_own_series(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []
    monkeypatch.setattr(
        inputs, "read_image", lambda path, **rest: read.append((path, rest)) or blob(GRID)
    )
    job = Job(tmp_path, tmp_path, tmp_path / "out", fixed_series="1.2", moving_series="1.3")

    inputs.read_inputs(job, progress=Silent())

    assert read == [(tmp_path, {"series_uid": "1.2"}), (tmp_path, {"series_uid": "1.3"})]
