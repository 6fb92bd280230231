"""Which Python runs the worker, and what it finds around it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from VolumePreservingRegLib.engine_location import engine_folder
from VolumePreservingRegLib.run import executable
from VolumePreservingRegLib.run.environment import threads, worker_environment

from vpreg.job.process_environment import FOR_COMPUTING


def only(name):
    """Return a search that finds one program."""
    return lambda asked: f"/Slicer/bin/{asked}" if asked == name else None


def test_python_real_is_taken_with_the_environment_of_slicer():
    found = executable.find_interpreter(which=only("python-real"))

    assert found.program == "/Slicer/bin/python-real"
    assert found.environment == dict(os.environ)


def test_the_launcher_gets_the_environment_that_slicer_was_started_in(monkeypatch):
    monkeypatch.setattr(executable, "startup_environment", lambda: {"HOME": "/home/user"})

    found = executable.find_interpreter(which=only("PythonSlicer"))

    assert found.program == "/Slicer/bin/PythonSlicer"
    assert found.environment == {"HOME": "/home/user"}


def test_without_slicer_this_python_is_taken():
    assert executable.find_interpreter(which=lambda _name: None).program == sys.executable


def test_the_engine_comes_before_what_was_on_the_path():
    base = {"PYTHONPATH": "/Slicer/lib"}

    found = worker_environment(base, engine=Path("/engine"), cores=4, hide_gpu=False)

    assert found["PYTHONPATH"] == os.pathsep.join(["/engine", "/Slicer/lib"])


@pytest.mark.parametrize(("cores", "expected"), [(1, 1), (2, 2), (8, 7)])
def test_one_core_is_left_to_slicer_where_there_are_some(cores, expected):
    assert threads(cores) == expected


def test_what_the_user_has_set_for_the_threads_stays():
    found = worker_environment(
        {"OMP_NUM_THREADS": "3"}, engine=Path("/engine"), cores=8, hide_gpu=False
    )

    assert found["OMP_NUM_THREADS"] == "3"


def test_the_worker_of_the_panel_computes_as_that_of_the_command_line():
    found = worker_environment({}, engine=Path("/engine"), cores=4, hide_gpu=False)

    assert found.items() >= FOR_COMPUTING.items()


def test_the_processor_alone_is_used_when_the_gpu_is_hidden():
    hidden = worker_environment({}, engine=Path("/engine"), cores=8, hide_gpu=True)
    shown = worker_environment({}, engine=Path("/engine"), cores=8, hide_gpu=False)

    assert hidden["CUDA_VISIBLE_DEVICES"] == ""
    assert "CUDA_VISIBLE_DEVICES" not in shown


def test_the_engine_of_the_checkout_is_found():
    assert (engine_folder() / "vpreg" / "worker" / "__main__.py").is_file()
