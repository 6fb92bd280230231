"""Under which name the cache keeps what was made of files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from vpreg.networks.home_grid import HomeGrid
from vpreg.training.data.scan_entry import ScanEntry

VERSION = 1
"""Of what is kept: counted up when a scan is prepared in another way."""


def key_of_scan(entry: ScanEntry, *, preset: str, home: HomeGrid) -> str:
    """Return a key that changes with the files of a scan and with how it is prepared.

    Sizes and times stand for the content: hashing the bytes of three hundred scans would take a
    minute at every start.
    """
    roles = ["scan", *(role.value for role, _ in entry.maps)]
    files = [[role, _trace(path)] for role, path in zip(roles, entry.paths, strict=True)]
    # The grey value of one is a factor that comes later.
    how = [VERSION, preset, home.shape, home.spacing_mm, home.axes]
    return digest([files, how])


def digest(value: object) -> str:
    """Return a short hash of plain values."""
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:24]


def _trace(path: Path) -> list[object]:
    whole = path.resolve()
    inside = sorted(p for p in whole.rglob("*") if p.is_file()) if whole.is_dir() else [whole]
    stats = [(str(p), p.stat()) for p in inside]
    return [[name, stat.st_size, stat.st_mtime_ns] for name, stat in stats]
