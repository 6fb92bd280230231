"""Decide, before any work, whether a result may go where the user wants it."""

from __future__ import annotations

from pathlib import Path

from vpreg.results.result_json import RESULT_FILE, read_result_json


def check_target(folder: Path, *, replace: bool) -> None:
    """Raise ValueError unless a result folder can appear here.

    An existing folder is in the way unless `replace`, and then it has to hold an earlier result
    and nothing else: other files would be lost with it.
    """
    if not folder.name:
        msg = f"Give the name of a new folder: {folder} has none."
        raise ValueError(msg)
    if not folder.parent.is_dir():
        msg = f"Make the folder first: {folder.parent} does not exist."
        raise ValueError(msg)
    if not folder.exists():
        return
    if not folder.is_dir():
        msg = f"Choose another name: {folder} is a file, and the result is a folder."
        raise ValueError(msg)
    if not replace:
        msg = f"Add --force to replace it, or choose another name: {folder} exists."
        raise ValueError(msg)
    _check_replaceable(folder)


def _check_replaceable(folder: Path) -> None:
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    if not found:
        return
    if RESULT_FILE not in found:
        msg = f"Choose another folder: {folder} holds files but no earlier result to replace."
        raise ValueError(msg)
    own = {entry["name"] for entry in read_result_json(folder)["files"]}
    others = sorted(found - own - {RESULT_FILE})
    if others:
        msg = f"Move {others[0]} out of {folder} first: replacing the result would delete it."
        raise ValueError(msg)
