"""Run one step of the setup and say so in one line."""

from __future__ import annotations

import shlex
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from scripts.environment.errors import SetupError

SHOWN_LINES = 15


def say(text: str, *, end: str = "\n") -> None:
    """Print at once, so that a long step shows its name while it runs."""
    sys.stdout.write(text + end)
    sys.stdout.flush()


def succeeds(command: Sequence[str]) -> bool:
    """Tell whether a command exists and ends well; its output is dropped."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def attempt(title: str, command: Sequence[str], *, folder: Path | None = None) -> str | None:
    """Run a step; return None when it went well, else the last lines of its output."""
    say(f"{title} ... ", end="")
    begin = time.monotonic()
    try:
        done = subprocess.run(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
    except OSError as error:
        say("failed")
        return str(error)
    failed = done.returncode != 0
    say("failed" if failed else f"{time.monotonic() - begin:.0f} s")
    lines = done.stdout.decode(errors="replace").splitlines()
    return "\n".join(lines[-SHOWN_LINES:]) if failed else None


def step(title: str, command: Sequence[str], *, folder: Path | None = None) -> None:
    """Run a step that has to go well; raise SetupError with its command and last lines."""
    trouble = attempt(title, command, folder=folder)
    if trouble is not None:
        msg = f"{trouble}\nRun this by hand to see more:\n  {shlex.join(command)}"
        raise SetupError(msg)
