"""What CMake installs is what is there: a file that is not listed is silently not packaged."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MODULES = sorted(path.parent for path in ROOT.glob("*/CMakeLists.txt"))
SET = re.compile(r"set\((\w+)\s+([^)]*)\)")
ENTRY = re.compile(r'^set\((EXTENSION_\w+) "([^"\n]*)"\)', re.MULTILINE)


def lists(text: str) -> dict[str, list[str]]:
    """Return the variables that a CMake file sets, with `${MODULE_NAME}` replaced."""
    found = {name: value.split() for name, value in SET.findall(text)}
    (module,) = found["MODULE_NAME"]
    return {
        name: [one.replace("${MODULE_NAME}", module) for one in values]
        for name, values in found.items()
    }


def files(folder: Path, *patterns: str) -> list[str]:
    """List files below a folder as CMake would."""
    paths = {path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}
    return sorted(str(path.relative_to(folder)) for path in paths)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_every_script_of_a_module_is_listed(module: Path) -> None:
    listed = lists((module / "CMakeLists.txt").read_text())["MODULE_PYTHON_SCRIPTS"]

    assert sorted(listed) == files(module, "*.py", f"{module.name}Lib/**/*.py")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_every_resource_of_a_module_is_listed(module: Path) -> None:
    listed = lists((module / "CMakeLists.txt").read_text())["MODULE_PYTHON_RESOURCES"]

    assert sorted(listed) == files(module, "Resources/**/*")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_a_module_is_part_of_the_extension_and_has_its_tests_registered(module: Path) -> None:
    text = (module / "CMakeLists.txt").read_text()

    assert f"add_subdirectory({module.name})" in (ROOT / "CMakeLists.txt").read_text()
    assert "WITH_GENERIC_TESTS" in text
    assert "slicer_add_python_unittest(SCRIPT ${MODULE_NAME}.py)" in text


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_every_test_script_of_a_module_is_registered(module: Path) -> None:
    folder = module / "Testing" / "Python"
    if not folder.is_dir():
        pytest.skip("This module has no test scripts of its own.")
    registered = re.findall(r"SCRIPT (\w+\.py)", (folder / "CMakeLists.txt").read_text())

    assert sorted(registered) == files(folder, "*.py")


def test_the_engine_is_installed_with_every_kind_of_file_that_it_holds() -> None:
    text = (ROOT / "VolumePreservingReg" / "Engine" / "CMakeLists.txt").read_text()
    patterns = re.findall(r"\$\{REPOSITORY_DIR\}/vpreg/(\*\.\w+)", text)

    installed = files(ROOT / "vpreg", *(f"**/{pattern}" for pattern in patterns))

    there = [name for name in files(ROOT / "vpreg", "**/*") if "__pycache__" not in name]
    assert [name for name in installed if "__pycache__" not in name] == there
    assert "${REPOSITORY_DIR}/Resources/presets/*.toml" in text


def test_the_entries_that_the_index_reads_are_one_quoted_line_each() -> None:
    entries = dict(ENTRY.findall((ROOT / "CMakeLists.txt").read_text()))

    assert "US 2025/0054098" in entries["EXTENSION_DESCRIPTION"]
    assert entries["EXTENSION_ICONURL"].endswith(".png")
    for name in ("EXTENSION_ICONURL", "EXTENSION_SCREENSHOTURLS"):
        for address in entries[name].split():
            assert (ROOT / address.split("/main/", 1)[1]).is_file()


def test_the_extension_depends_on_the_one_that_installs_torch() -> None:
    assert 'set(EXTENSION_DEPENDS "PyTorch")' in (ROOT / "CMakeLists.txt").read_text()
