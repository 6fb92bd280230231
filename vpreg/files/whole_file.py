"""Write a file whole or not at all, whenever the process or the machine dies."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

_PART = ".part"


def write_whole(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Put what `write` writes in the place of a file; whatever it raises leaves the old file.

    Several processes may write the same file: the last one is kept. OSError where it cannot be
    written.
    """
    part = path.with_name(f".{path.name}.{uuid4().hex}{_PART}")
    try:
        with part.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    # After an interruption too: nothing half-written may stay.
    finally:
        with suppress(OSError):
            part.unlink()
    flush_entries(path.parent)


def clear_parts(folder: Path, *, older_than_s: float) -> None:
    """Remove what killed processes left half-written; newer parts may still be written."""
    for part in folder.glob(f".*{_PART}"):
        # Another process may be first.
        with suppress(OSError):
            if time.time() - part.stat().st_mtime >= older_than_s:
                part.unlink()


def flush_entries(folder: Path) -> None:
    """Let the names of files outlive a loss of power, where the system can."""
    # Windows cannot open a folder, and some network disks cannot flush one.
    with suppress(OSError):
        entries = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(entries)
        finally:
            os.close(entries)
