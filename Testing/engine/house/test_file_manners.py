"""Sizes and names of the project's Python files."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = ("vpreg", "scripts", "Testing", "VolumePreservingReg", "SparseVMReg")
LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 60
MEDIAN_LINES_OF_A_FILE = 120
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}

FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


def long_functions(source: str) -> list[str]:
    """Name the functions with more lines than allowed."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, functions) and node.end_lineno - node.lineno + 1 > LINES_OF_A_FUNCTION
    ]


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_a_file_is_short_and_so_are_its_functions(path: Path) -> None:
    source = path.read_text()

    assert source.count("\n") <= LINES_OF_A_FILE
    assert long_functions(source) == []


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_a_name_says_what_is_inside(path: Path) -> None:
    names = {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}

    assert not names & NAMES_THAT_SAY_NOTHING


def test_most_files_hold_one_idea() -> None:
    lines = [path.read_text().count("\n") for path in FILES if path.name != "__init__.py"]

    assert statistics.median(lines) <= MEDIAN_LINES_OF_A_FILE


def test_test_files_have_names_of_their_own() -> None:
    names = [path.name for path in FILES if path.name.startswith("test_")]

    assert sorted(names) == sorted(set(names))


def test_a_function_of_sixty_one_lines_is_too_long() -> None:
    source = "def long():\n" + "    pass\n" * LINES_OF_A_FUNCTION

    assert long_functions(source) == ["long: 61 lines"]
