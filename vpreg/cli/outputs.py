"""Protect what is already there."""

from __future__ import annotations

from pathlib import Path


def check_free(path: Path, *, force: bool) -> None:
    """Raise ValueError, before any work, if a file would be overwritten without `--force`."""
    if path.is_dir():
        msg = f"Give the name of a file to write: {path} is a folder."
        raise ValueError(msg)
    if path.exists() and not force:
        msg = f"Add --force to replace it, or choose another name: {path} exists."
        raise ValueError(msg)
