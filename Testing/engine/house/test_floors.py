"""The floors of the design: nothing imports upward."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "vpreg"

FLOOR_OF_ROOM = {
    "images": 1,
    "fields": 1,
    "files": 1,
    "filters": 1,
    "progress": 1,
    "similarity": 2,
    "regularity": 2,
    "masks": 2,
    "metrics": 2,
    "synthetic": 2,
    "solvers": 3,
    "networks": 3,
    "recipes": 4,
    "lesions": 5,
    "report": 5,
    "results": 5,
    "training": 5,
    "job": 6,
    "worker": 6,
    "cli": 6,
}
MODULE_FOLDERS = {
    "VolumePreservingReg",
    "VolumePreservingRegLib",
    "SparseVMReg",
    "SparseVMRegLib",
    "slicer",
    "qt",
    "vtk",
}


def imported_modules(source: str) -> set[str]:
    """Name every module that a source imports, at any depth, `from a import b` as a and a.b."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            found.add(module)
            found.update(f"{module}.{alias.name}" for alias in node.names)
    return found


def rooms_used(source: str) -> set[str]:
    """Name the rooms of vpreg that a source imports from; names of vpreg itself are no rooms."""
    parts = (module.split(".") for module in imported_modules(source))
    named = {words[1] for words in parts if words[0] == "vpreg" and len(words) > 1}
    return {room for room in named if not room.startswith("__")}


def room_of(path: Path) -> str:
    """Name the room of a file: its folder in vpreg, or the file itself."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def upward_imports(source: str, *, room: str) -> list[str]:
    """Name the rooms above `room`, and the unknown ones, that a source imports."""
    floor = FLOOR_OF_ROOM[room]
    return sorted(used for used in rooms_used(source) if FLOOR_OF_ROOM.get(used, 99) > floor)


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_imports_nothing_from_a_higher_floor(path: Path) -> None:
    room = room_of(path)

    assert room in FLOOR_OF_ROOM, f"give the room {room} a floor in this test's table"
    assert upward_imports(path.read_text(), room=room) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_imports_absolutely_and_nothing_of_slicer(path: Path) -> None:
    modules = imported_modules(path.read_text())

    assert not [module for module in modules if module.startswith(".")]
    assert not {module.split(".")[0] for module in modules} & MODULE_FOLDERS


def test_the_package_itself_imports_no_room() -> None:
    source = (PACKAGE / "__init__.py").read_text()

    assert rooms_used(source) == set()


def test_an_import_from_above_inside_a_function_is_seen() -> None:
    source = "def late():\n    from vpreg.cli import main\n    import vpreg.solvers.pair\n"

    assert upward_imports(source, room="images") == ["cli", "solvers"]


def test_a_room_imported_from_the_package_is_seen() -> None:
    source = "from vpreg import recipes\n"

    assert upward_imports(source, room="metrics") == ["recipes"]


def test_an_unknown_room_is_refused() -> None:
    source = "from vpreg.cellar.wine import bottle\n"

    assert upward_imports(source, room="cli") == ["cellar"]


def test_a_lower_floor_and_the_own_floor_are_allowed() -> None:
    source = "from vpreg.images.grid import Grid\nfrom vpreg.metrics.dice import dice\n"

    assert upward_imports(source, room="similarity") == []


def test_the_version_of_the_package_is_not_a_room() -> None:
    source = "from vpreg import __version__\n"

    assert upward_imports(source, room="images") == []
