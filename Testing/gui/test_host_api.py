"""The host's widgets offer nothing that Slicer's headers do not have."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = Path(os.environ.get("VPREG_DOCS", ROOT.parent / "shared" / "docs"))
HEADERS = DOCS / "slicer-qt-api.json"

# Bases of Slicer's classes that are CTK's, whose headers the list does not cover.
OF_CTK = {
    "ctkVTKSliceView": {"renderWindow", "scheduleRender", "forceRender", "lightBoxRendererManager"},
    "ctkVTKRenderView": {"renderWindow", "scheduleRender", "forceRender", "resetCamera"},
    "ctkVTKChartView": {"renderWindow", "scheduleRender", "forceRender", "chart"},
    "ctkLayoutFactory": {"viewport", "setLayout"},
}
# Public functions of the headers that are neither slots nor invokable; decorators expose them.
OF_DECORATORS = {
    "qMRMLSliceWidget": {"mrmlSliceNode"},
}


@pytest.fixture(scope="module")
def headers():
    """Read what Slicer's headers declare."""
    if not HEADERS.is_file():
        pytest.skip(f"Set VPREG_DOCS to the folder of {HEADERS.name} to compare with Slicer")
    return json.loads(HEADERS.read_text())


@pytest.fixture(scope="module")
def stubs(host):
    """List the classes of the host that bear names of Slicer's."""
    import slicer
    from host.layout_manager import qSlicerLayoutManager
    from host.slicer_modules import qSlicerModuleManager

    named = [found for name, found in vars(slicer).items() if name.startswith(("qMRML", "qSlicer"))]
    views = type(host.app.layoutManager().sliceWidget("Red").sliceView())
    return [*named, views, qSlicerLayoutManager, qSlicerModuleManager]


def declared(headers, name):
    """Gather the names that a class of Slicer and its bases declare."""
    found = set(OF_CTK.get(name, ())) | set(OF_DECORATORS.get(name, ()))
    entry = headers.get(name)
    if entry is None:
        return found
    for kind in ("props", "invokable", "slots", "signals"):
        found.update(entry[kind])
    return found | declared(headers, entry["base"])


def offered(stub):
    """Gather the public names that a class of the host defines; snake_case is the host's own."""
    bases = [base for base in stub.__mro__ if base.__module__.startswith("host.")]
    names = {name for base in bases for name in vars(base)}
    return {name for name in names if not ("_" in name or name.isupper())}


def of_qt(stub):
    """Gather what the classes of Qt behind a stub have."""
    bases = [base for base in stub.__mro__ if base.__module__.startswith("PySide6")]
    return {name for base in bases for name in dir(base)} | {"staticMetaObject"}


def used_by_slicer_util():
    """Gather what slicer.util itself, which is Slicer's, calls."""
    import slicer

    return set(re.findall(r"\.(\w+)\(", Path(slicer.util.__file__).read_text()))


def test_stubs_offer_only_what_the_headers_declare(headers, stubs):
    surplus = {
        stub.__name__: sorted(
            offered(stub) - declared(headers, stub.__name__) - of_qt(stub) - used_by_slicer_util()
        )
        for stub in stubs
    }

    assert {name: found for name, found in surplus.items() if found} == {}


@pytest.mark.usefixtures("host")
def test_the_application_offers_only_what_the_headers_declare(headers):
    from host.slicer_app import SlicerApplication

    surplus = offered(SlicerApplication) - declared(headers, "qSlicerApplication")

    assert surplus - of_qt(SlicerApplication) - used_by_slicer_util() == set()


def test_every_stub_is_a_class_of_slicer(headers, stubs):
    assert [stub.__name__ for stub in stubs if stub.__name__ not in headers] == []


def test_signatures_name_signals_of_the_headers(headers, stubs):
    surplus = {
        f"{stub.__name__}.{signature}"
        for stub in stubs
        for signature in stub.__dict__.get("SIGNATURES", {})
        if signature.split("(")[0] not in declared(headers, stub.__name__)
    }

    assert surplus == set()
