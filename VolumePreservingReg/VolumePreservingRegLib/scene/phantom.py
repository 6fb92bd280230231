"""The head phantom of the demo, made on this machine by the engine in a process of its own."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import slicer
from slicer.i18n import tr as _

from VolumePreservingRegLib.engine_location import engine_folder
from VolumePreservingRegLib.run.environment import core_count, worker_environment
from VolumePreservingRegLib.run.executable import Interpreter, find_interpreter
from VolumePreservingRegLib.run.torch_check import torch_is_installed

NAMES = (
    "baseline",
    "follow_up",
    "baseline_tumor",
    "follow_up_tumor",
    "baseline_organ",
    "follow_up_organ",
)
PROGRAM = (
    "import sys, pathlib; from vpreg.synthetic.demo_scans import write_demo_scans; "
    "write_demo_scans(pathlib.Path(sys.argv[1]))"
)
_LOOK_EVERY_S = 0.05


def phantom_files(folder: Path, *, interpreter: Interpreter | None = None) -> dict[str, Path]:
    """Return the files of the phantom in `folder`, made first if they are not there.

    The folder appears whole or not at all. RuntimeError with a plain sentence if torch is missing
    or the engine fails.
    """
    if not all(path.is_file() for path in _paths(folder).values()):
        make_phantom(folder, interpreter=interpreter)
    return _paths(folder)


def make_phantom(folder: Path, *, interpreter: Interpreter | None = None) -> None:
    """Make the phantom beside `folder`, then give it its name."""
    if interpreter is None and not torch_is_installed():
        msg = _(
            "Install PyTorch first, with Apply in the module Volume Preserving Registration: "
            "the phantom is computed with it."
        )
        raise RuntimeError(msg)
    python = interpreter or find_interpreter()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="phantom-") as beside:
        run_program(python, Path(beside) / "scans")
        shutil.rmtree(folder, ignore_errors=True)
        (Path(beside) / "scans").replace(folder)


def run_program(python: Interpreter, output: Path) -> None:
    """Run the engine and let Slicer breathe until it ends; RuntimeError if it fails."""
    environment = worker_environment(
        python.environment, engine=engine_folder(), cores=core_count(), hide_gpu=True
    )
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [python.program, "-c", PROGRAM, str(output)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            wait_for(process)
        finally:
            process.kill()
        if process.returncode != 0:
            log.seek(0)
            last = log.read().decode(errors="replace").strip().splitlines()[-1:]
            msg = _("Look into the log: the phantom could not be made. {last}")
            raise RuntimeError(msg.format(last=" ".join(last)))


def wait_for(process: subprocess.Popen) -> None:
    """Wait for the end of a process and keep the windows alive."""
    while True:
        try:
            process.wait(timeout=_LOOK_EVERY_S)
        except subprocess.TimeoutExpired:
            slicer.app.processEvents()
        else:
            return


def _paths(folder: Path) -> dict[str, Path]:
    return {name: folder / f"{name}.nii.gz" for name in NAMES}
