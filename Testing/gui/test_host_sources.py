"""The modules' sources use nothing that only the host, PySide6 or Qt 6 understands."""

from __future__ import annotations

import ast
from enum import EnumMeta
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("VolumePreservingReg", "SparseVMReg")
SOURCES = sorted(
    path
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*.py")
    if "Engine" not in path.relative_to(ROOT).parts
)
# Of Qt 6, or under another name in PythonQt.
ONLY_OUTSIDE = {"exec", "checkStateChanged", "globalPosition", "emit"}


def dotted(node):
    """Write an attribute of a name as words, () for anything else."""
    words = []
    while isinstance(node, ast.Attribute):
        words.append(node.attr)
        node = node.value
    return (node.id, *reversed(words)) if isinstance(node, ast.Name) else ()


def names_in(source):
    """List the dotted names of a source."""
    return [dotted(node) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)]


def imported(source):
    """Name the top-level modules that a source imports, at any depth."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(one.name.split(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def scoped_enums(source):
    """List members of Qt's enums that are named through the enum: qt.Qt.AlignmentFlag.AlignLeft."""
    import qt

    found = []
    for words in names_in(source):
        if len(words) == 4 and words[0] == "qt":
            owner = getattr(getattr(qt, words[1], None), words[2], None)
            found += [".".join(words)] if isinstance(owner, EnumMeta) else []
    return found


def unknown_names(source):
    """List names of the modules qt and ctk that are not there."""
    import ctk
    import qt

    modules = {"qt": qt, "ctk": ctk}
    words = [one for one in names_in(source) if len(one) == 2 and one[0] in modules]
    return sorted(".".join(one) for one in words if not hasattr(modules[one[0]], one[1]))


def keywords_for_qt(source):
    """List widgets that are made with keyword arguments, which PythonQt does not take."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [
        ".".join(dotted(call.func))
        for call in calls
        if call.keywords and dotted(call.func)[:1] in (("qt",), ("ctk",))
    ]


@pytest.mark.usefixtures("host")
@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_source_of_a_module_keeps_to_what_pythonqt_has(path):
    source = path.read_text()

    assert imported(source) & {"PySide6", "PyQt5", "shiboken6", "host"} == set()
    assert scoped_enums(source) == []
    assert unknown_names(source) == []
    assert keywords_for_qt(source) == []
    assert [words for words in names_in(source) if words and words[-1] in ONLY_OUTSIDE] == []


@pytest.mark.usefixtures("host")
def test_what_is_not_pythonqt_is_found():
    source = "qt.Qt.AlignmentFlag.AlignLeft; qt.QPushButtn(); qt.QLabel(text='x'); qt.Qt.AlignLeft"

    assert scoped_enums(source) == ["qt.Qt.AlignmentFlag.AlignLeft"]
    assert unknown_names(source) == ["qt.QPushButtn"]
    assert keywords_for_qt(source) == ["qt.QLabel"]
