"""Know without asking pip whether an environment is up to date."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(files: Iterable[Path], *, root: Path) -> str:
    """Hash the files, their names and the checkout's place, which an editable install keeps."""
    digest = hashlib.sha256(str(root.resolve()).encode())
    for path in sorted(files):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def stamp_path(venv: Path, purpose: str) -> Path:
    """Return where the fingerprint of an installed purpose is kept."""
    return venv / f".installed-{purpose}"


def is_fresh(venv: Path, purpose: str, wanted: str) -> bool:
    """Tell whether the purpose was installed from just these files and Python is still there."""
    stamp = stamp_path(venv, purpose)
    return (venv / "bin" / "python").exists() and stamp.exists() and stamp.read_text() == wanted


def write_stamp(venv: Path, purpose: str, made: str) -> None:
    """Note that the purpose is installed."""
    stamp_path(venv, purpose).write_text(made)
