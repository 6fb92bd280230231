"""A folder that appears whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from vpreg.files.whole_file import flush_entries
from vpreg.results.target import check_target
from vpreg.results.unfinished import Role, clear_stale, remove_folder, sibling_path


def nothing_more() -> None:
    """Let the folder appear at once."""


@contextmanager
def whole_folder(
    folder: Path, *, replace: bool, before_it_appears: Callable[[], None] = nothing_more
) -> Iterator[Path]:
    """Yield a folder to fill; it takes the name `folder` when the block ends without an error.

    An earlier result goes only when the new one is whole and safe on the disk. What the block or
    `before_it_appears` raises leaves everything as it was. ValueError as in `check_target`.
    """
    folder = folder.resolve()
    clear_stale(folder)
    check_target(folder, replace=replace)
    unfinished = sibling_path(folder, Role.UNFINISHED)
    _make(unfinished)
    try:
        yield unfinished
        _flush(unfinished)
        before_it_appears()
        check_target(folder, replace=replace)
        _take_place(unfinished, folder)
    finally:
        remove_folder(unfinished)


def _make(folder: Path) -> None:
    try:
        folder.mkdir()
    except OSError as error:
        msg = f"Choose a place where you may write: nothing can be made in {folder.parent}."
        raise ValueError(msg) from error


def _take_place(unfinished: Path, folder: Path) -> None:
    # No system renames a folder over a filled one: the old one steps aside, and back if need be.
    old = sibling_path(folder, Role.REPLACED)
    if folder.exists():
        folder.rename(old)
    try:
        unfinished.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    flush_entries(folder.parent)
    if old.exists():
        remove_folder(old)


def _flush(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("r+b") as stream:
                os.fsync(stream.fileno())
        else:
            flush_entries(path)
    flush_entries(folder)
