"""Write a file whole or not at all, however many processes write it."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

_PART = ".part"
_STALE_S = 3600.0


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the name and rename; ValueError if there is no room or no right to write."""
    part = path.with_name(f".{path.name}.{uuid4().hex}{_PART}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        msg = (
            f"Make room in {path.parent}, or choose another cache folder: "
            f"{len(content) / 1e6:.0f} MB cannot be written there ({error.strerror})."
        )
        raise ValueError(msg) from error
    finally:
        with suppress(OSError):
            part.unlink()


def clear_parts(folder: Path) -> None:
    """Remove what a killed process left half-written an hour ago or earlier."""
    for part in folder.glob(f".*{_PART}"):
        # Another process may be first.
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > _STALE_S:
                part.unlink()
