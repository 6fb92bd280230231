"""Find the Python that the environment is built on."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from scripts.environment.errors import SetupError

# In order of preference: the pins have wheels for all of them, and 3.11 is what Slicer ships.
SUPPORTED = ((3, 11), (3, 12), (3, 13), (3, 14))


class Interpreter(NamedTuple):
    """A Python on this machine."""

    path: Path
    version: tuple[int, int]

    @property
    def name(self) -> str:
        """The name of its Debian package, such as python3.11."""
        return f"python{self.version[0]}.{self.version[1]}"


def version_of(command: str) -> tuple[int, int] | None:
    """Ask a Python for its version; None when it does not run."""
    question = "import sys; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [command, "-c", question], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    major, minor = answer.stdout.split()
    return int(major), int(minor)


def find_interpreter() -> Interpreter:
    """Return the first supported Python on PATH; raise SetupError with the command to get one."""
    for command in [f"python3.{minor}" for _, minor in SUPPORTED] + ["python3"]:
        path = shutil.which(command)
        version = version_of(path) if path else None
        if path and version in SUPPORTED:
            return Interpreter(Path(path), version)
    msg = (
        "Install Python 3.11, 3.12, 3.13 or 3.14; none is on the PATH:\n"
        "  sudo apt-get install python3 python3-venv"
    )
    raise SetupError(msg)
