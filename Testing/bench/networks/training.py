"""Train by the project's own command, in a process of its own, from wherever it was."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[3]
_COMMAND = "from vpreg.cli import main; main()"


def train(config: Path, output: Path, *, threads: int) -> Path:
    """Return the weights of the last network; what is finished is not trained again.

    Stopped or killed, the same call goes on. SystemExit if the training was stopped or failed.
    """
    model = output / f"{config.stem}.safetensors"
    if not model.is_file():
        print(f"Training {config.stem} …", file=sys.stderr, flush=True)
        command = [sys.executable, "-c", _COMMAND, "train", str(config), "--output", str(output)]
        code = _wait(subprocess.Popen([*command, "--plain"], env=_environment(threads)))
        if code:
            sys.exit(code)
    return model


def _wait(process: subprocess.Popen[bytes]) -> int:
    """Return the exit status; Ctrl-C reaches the training as well, which keeps its state first."""
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def _environment(threads: int) -> dict[str, str]:
    names = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS")
    paths = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")]))
    return os.environ | {"PYTHONPATH": paths} | dict.fromkeys(names, str(threads))
