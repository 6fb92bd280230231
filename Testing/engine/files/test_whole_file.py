"""A file is there whole or not at all."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest

from vpreg.files.whole_file import clear_parts, write_whole


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")

    write_whole(path, lambda file: file.write(b"new"))

    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["file"]


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt("now")])
def test_what_breaks_off_leaves_the_old_file(tmp_path: Path, error: BaseException) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def fail(file):
        file.write(b"new")
        raise error

    with pytest.raises(type(error), match=r"full|now"):
        write_whole(path, fail)

    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["file"]


def test_two_that_write_the_same_file_do_not_mix(tmp_path: Path) -> None:
    path = tmp_path / "file"

    def slow(file):
        file.write(b"slow and ")
        write_whole(path, lambda other: other.write(b"fast"))
        assert path.read_bytes() == b"fast"
        file.write(b"long")

    write_whole(path, slow)

    assert path.read_bytes() == b"slow and long"
    assert names(tmp_path) == ["file"]


def test_old_parts_are_cleared_and_newer_ones_left(tmp_path: Path) -> None:
    old, new = tmp_path / ".a.1.part", tmp_path / ".b.2.part"
    for part in (old, new):
        part.write_bytes(b"half")
    os.utime(old, (time.time() - 7200,) * 2)

    clear_parts(tmp_path, older_than_s=3600.0)

    assert names(tmp_path) == [new.name]
