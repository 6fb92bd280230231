"""Start Slicer's stand-in without a screen, once; give each test a clean scene."""

from __future__ import annotations

import importlib.util
import os

import pytest

# Before anything of Qt or VTK is imported.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("VTK_DEFAULT_OPENGL_WINDOW", "vtkEGLRenderWindow")

MISSING = [name for name in ("PySide6", "slicer_core") if importlib.util.find_spec(name) is None]


@pytest.fixture(scope="session")
def host():
    """Start the stand-in for Slicer."""
    if MISSING:
        pytest.skip(f"Install {' and '.join(MISSING)} to test the panel: make environment")
    from host.start import start_host

    return start_host()


@pytest.fixture
def clean(host):
    """Begin and end with an empty scene, no dialogs and no errors of slots."""
    reset(host)
    yield host
    for module in ("SparseVMReg", "VolumePreservingReg"):
        host.close_module(module)
    errors = host.take_errors()
    reset(host)
    assert not errors, f"A slot raised {errors!r}"


@pytest.fixture
def panel(clean):
    """Open the panel of VolumePreservingReg."""
    return clean.open_module("VolumePreservingReg")


@pytest.fixture
def sparse_panel(clean):
    """Open the panel of SparseVMReg."""
    return clean.open_module("SparseVMReg")


@pytest.fixture(scope="session")
def finished_sparse_folder(host, tmp_path_factory):
    """Let the real worker register a small sparse scan, once for all tests of its result."""
    from Testing.gui.sparse_cases import run_request, small_request

    job = run_request(small_request(), tmp_path_factory.mktemp("sparse") / "job")
    host.scene.Clear(0)
    return job.result


@pytest.fixture(scope="session")
def finished_folder(host, tmp_path_factory):
    """Let the real worker register the small scans, once for all tests that show a result."""
    assert host
    from Testing.gui.finished_result import make_result

    return make_result(tmp_path_factory.mktemp("finished"))


def reset(host):
    """Empty the scene and forget what was shown and asked."""
    host.close_scene()
    host.dialogs.clear()
    host.packaging.clear()
    host.take_errors()


@pytest.fixture(scope="session")
def followed_folder(host, tmp_path_factory):
    """Let the real worker follow the visits, once for all tests that show the result."""
    from Testing.gui.timeline_cases import follow_visits

    return follow_visits(host, tmp_path_factory.mktemp("followed"))


@pytest.fixture
def listed(panel):
    """Return the panel with three visits in its list, and the visits."""
    from Testing.gui.timeline_cases import add_visits, be_quick, list_visits

    be_quick(panel)
    visits = add_visits()
    list_visits(panel, visits)
    return panel, visits


@pytest.fixture
def followed(listed, clean, monkeypatch, followed_folder):
    """Return the same once the result is there, by a worker that has it already."""
    from Testing.gui.panel_cases import use_worker
    from Testing.gui.timeline_cases import register_all

    panel, visits = listed
    use_worker(monkeypatch, "finish", followed_folder)
    register_all(clean, panel)
    return panel, visits
