"""Which Python runs the worker."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Interpreter:
    """A Python and the environment that it needs to find its packages."""

    program: str
    environment: Mapping[str, str]


def find_interpreter(*, which: Callable[[str], str | None] = shutil.which) -> Interpreter:
    """Return Slicer's own Python, rather without its launcher.

    The launcher `PythonSlicer` passes no signals on: a kill would leave its child and the memory
    of the GPU behind. `python-real`, which Slicer's own command-line modules use, has no launcher
    in between and needs the environment of the running Slicer. A build tree has only the launcher,
    which sets that environment up itself and must not find the paths twice.
    """
    real = which("python-real")
    if real is not None:
        return Interpreter(real, dict(os.environ))
    launcher = which("PythonSlicer")
    if launcher is not None:
        return Interpreter(launcher, startup_environment())
    return Interpreter(sys.executable, dict(os.environ))


def startup_environment() -> dict[str, str]:
    """Return the environment that Slicer was started in."""
    import slicer

    return dict(slicer.util.startupEnvironment())
