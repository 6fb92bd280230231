"""What each purpose installs; every purpose stands on `base`."""

from __future__ import annotations

from pathlib import Path

BASE = "base"
FILES = {
    BASE: ("build.txt", "torch.txt", "engine.txt", "cli.txt"),
    "test": ("test.txt", "training.txt"),
    "training": ("training.txt",),
    # The type checker reads the types of what training is built on.
    "lint": ("lint.txt", "training.txt"),
    "bench": ("bench.txt",),
}
SHARED = ("constraints.txt", "system.txt", "uv.txt")


def requirement_files(purpose: str, requirements: Path) -> list[Path]:
    """Return the requirement files of a purpose, without those of the base."""
    return [requirements / name for name in FILES[purpose]]


def watched_files(purpose: str, root: Path) -> list[Path]:
    """Return the files whose change makes a purpose stale."""
    requirements = root / "requirements"
    shared = [root / "pyproject.toml", *(requirements / name for name in SHARED)]
    own = requirement_files(purpose, requirements)
    return [*shared, *requirement_files(BASE, requirements), *own]
