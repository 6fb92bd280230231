"""The worker runs in Slicer's Python, which has torch, numpy, SimpleITK and scipy, and no more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from vpreg.images.writing import write_image
from vpreg.job.files import write_job
from vpreg.job.job import Job
from vpreg.results.result_json import damaged_files
from vpreg.synthetic.pair_settings import PairSettings
from vpreg.synthetic.pairs import make_training_pair

NOT_IN_SLICER = ("h5py", "jsonschema", "monai", "nibabel", "rich", "safetensors", "typer")
PROGRAM = """
import runpy, sys
sys.modules.update(dict.fromkeys({missing}))
sys.argv = ["vpreg.worker", {job!r}]
runpy.run_module("vpreg.worker", run_name="__main__")
"""
QUICK = {"factors": [2], "field_factors": [1.0], "iterations": [2]}


@pytest.fixture
def job(tmp_path: Path) -> Path:
    pair = make_training_pair(PairSettings.for_shape((32, 32, 32)), seed=1)
    for name, image in (("fixed", pair.fixed), ("moving", pair.moving)):
        write_image(image, tmp_path / f"{name}.nrrd")
    settings = {"device": "cpu", "affine": "none", "preset": "generic", "similarity": QUICK}
    wanted = Job(tmp_path / "fixed.nrrd", tmp_path / "moving.nrrd", tmp_path / "out", settings)
    write_job(wanted, tmp_path / "job.json")
    return tmp_path / "job.json"


def test_two_scans_become_a_whole_folder_without_what_slicer_lacks(job: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(missing=NOT_IN_SLICER, job=str(job))],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )

    last = json.loads(done.stdout.splitlines()[-1])
    assert last["event"] == "finished", last
    assert damaged_files(job.parent / "out") == []
    assert (job.parent / "out" / "transform.h5").is_file()
