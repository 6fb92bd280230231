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
    host.close_module("VolumePreservingReg")
    errors = host.take_errors()
    reset(host)
    assert not errors, f"A slot raised {errors!r}"


@pytest.fixture
def panel(clean):
    """Open the panel of VolumePreservingReg."""
    return clean.open_module("VolumePreservingReg")


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
