"""Every package is pinned once, exactly, and whatever the project imports is pinned."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
REQUIREMENTS = ROOT / "requirements"
PIN_FILES = sorted(set(REQUIREMENTS.glob("*.txt")) - {REQUIREMENTS / "system.txt"})
EXACT = re.compile(r'([A-Za-z0-9_.-]+)==[0-9][0-9a-z.]*(; python_version (<|>=) "3\.14")?')
MODULES = {f"{name}{end}" for name in ("VolumePreservingReg", "SparseVMReg") for end in ("", "Lib")}
# What the application brings; Testing/host makes a stand-in for it.
OF_SLICER = {"qt", "ctk", "SampleData", "SegmentStatistics", "SegmentStatisticsPlugins"}
OWN = {"vpreg", "scripts", "Testing", "host", *MODULES, *OF_SLICER}
MODULES_OF_PACKAGE = {
    "pillow": {"pil"},
    "pyyaml": {"yaml"},
    "antspyx": {"ants"},
    "picsl-greedy": {"picsl_greedy"},
    "slicer-core": {"slicer"},
    "pyside6-essentials": {"pyside6", "shiboken6"},
}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(path: Path) -> list[str]:
    lines = (line.split("#")[0].strip() for line in path.read_text().splitlines())
    return [line for line in lines if line]


def pinned_names() -> set[str]:
    return {canonical(line.split("==")[0]) for path in PIN_FILES for line in pins(path)}


def third_party_imports(folder: Path) -> set[str]:
    """Name the top-level modules outside the standard library that a folder imports."""
    found: set[str] = set()
    files = list(folder.rglob("*.py"))
    for path in files:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                found.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
    # A program of the benchmark imports the one beside it, or a package, by its bare name.
    beside = {path.parent.name if path.name == "__init__.py" else path.stem for path in files}
    return found - OWN - beside - set(sys.stdlib_module_names)


@pytest.mark.parametrize("path", PIN_FILES, ids=lambda path: path.name)
def test_every_pin_is_exact(path: Path) -> None:
    assert [line for line in pins(path) if not EXACT.fullmatch(line)] == []


def test_no_package_has_two_versions() -> None:
    versions: dict[str, set[str]] = {}
    for path in PIN_FILES:
        for line in pins(path):
            name, _, version = line.partition("==")
            versions.setdefault(canonical(name) + version.partition(";")[2], set()).add(version)

    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_what_the_project_declares_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lines = list(project["project"]["dependencies"]) + project["build-system"]["requires"]
    for extra in project["project"]["optional-dependencies"].values():
        lines += extra

    names = {canonical(re.split(r"[<>=!~ \[;]", line)[0]) for line in lines}

    assert names - pinned_names() == set()


@pytest.mark.parametrize("folder", ["vpreg", "Testing"])
def test_what_the_code_imports_is_pinned(folder: str) -> None:
    modules: set[str] = set()
    for name in pinned_names():
        modules |= MODULES_OF_PACKAGE.get(name, {name.replace("-", "_").lower()})

    imported = {name.lower() for name in third_party_imports(ROOT / folder)}

    assert imported - modules == set()


def test_the_engine_imports_only_what_it_declares() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    engine = {re.split(r"[<>=!~ ]", line)[0] for line in project["dependencies"]}
    extras = project["optional-dependencies"]

    for room in [path for path in (ROOT / "vpreg").iterdir() if path.is_dir()]:
        declared = {name.replace("-", "_") for name in extras.get(room.name, ())}
        assert third_party_imports(room) <= engine | declared, room.name


def test_the_setup_itself_needs_only_the_standard_library() -> None:
    assert third_party_imports(ROOT / "scripts") == set()


def test_no_host_is_written_in_what_sets_the_project_up() -> None:
    files = [*PIN_FILES, ROOT / "Makefile", *(ROOT / "scripts").rglob("*.py"), ROOT / ".ci" / "run"]

    assert [path.name for path in files if "://" in path.read_text()] == []
