"""Showing where a scan was measured, before anything is registered."""

from __future__ import annotations

from pathlib import Path

import pytest

from Testing.engine.sparse.sparse_cases import EVERY, moved_phantom, thick_inputs
from Testing.engine.worker.worker_runs import WorkerRun
from vpreg.images.reading import read_image
from vpreg.images.resampling import resample
from vpreg.images.writing import write_image
from vpreg.job.files import write_job
from vpreg.job.job import Job
from vpreg.results.result_json import damaged_files, read_result_json


def run(folder: Path, scan, **settings):
    """Look for the slices of a scan; return the last line and the folder."""
    write_image(scan, folder / "scan.nii.gz")
    path, output = folder / "scan.nii.gz", folder / "out"
    write_job(Job(fixed=path, moving=path, output=output, settings=settings), folder / "job.json")
    events, _ = WorkerRun(folder / "job.json", module="vpreg.worker.slices").rest()
    return events[-1], output


def test_slices_read_off_the_file_become_a_folder(tmp_path):
    last, folder = run(tmp_path, thick_inputs().scan, thickness_mm=5.0)

    assert last["event"] == "finished", last
    assert damaged_files(folder) == []
    slices = read_result_json(folder)["figures"]["slices"]
    assert slices["spacing_mm"] == pytest.approx(EVERY)
    assert slices["thickness_mm"] == 5.0
    assert last["figures"]["slices"] == slices
    confidence = read_image(folder / "confidence.nii.gz").voxels
    assert confidence.max() == 1.0
    assert confidence.min() == 0.0


def test_slices_are_found_in_a_scan_that_was_interpolated(tmp_path):
    _, _, full, _, _ = moved_phantom()
    interpolated = resample(thick_inputs().scan, full.grid)

    last, _ = run(tmp_path, interpolated, acquired="detect")

    assert last["event"] == "finished", last
    assert last["figures"]["slices"]["spacing_mm"] == pytest.approx(EVERY, abs=0.1)
    assert last["figures"]["slices"]["certainty"] > 0.4


def test_a_scan_without_slices_is_refused_and_nothing_is_written(tmp_path):
    last, folder = run(tmp_path, moved_phantom()[2], acquired="detect")

    assert (last["event"], last["code"]) == ("failed", "bad_input")
    assert "cannot be told from what was interpolated" in last["message"]
    assert not folder.exists()
