"""The folder of one job: inputs, the job itself and its result; gone when the job is."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

_TRIES = 10
_PAUSE_S = 0.02


@dataclass(frozen=True)
class JobFolder:
    """What lies where."""

    path: Path

    @property
    def inputs(self) -> Path:
        """Where the scans and label maps of the job go."""
        return self.path / "inputs"

    @property
    def job_file(self) -> Path:
        """What the worker is started with."""
        return self.path / "job.json"

    @property
    def result(self) -> Path:
        """Where the result appears."""
        return self.path / "result"

    @property
    def cancel_file(self) -> Path:
        """What ends the worker as soon as it is there."""
        return self.path / "cancel"

    def ask_to_end(self) -> None:
        """Put the cancel file there; a folder that is gone needs none."""
        if self.path.is_dir():
            self.cancel_file.touch()

    def remove(self) -> None:
        """Remove the folder; again where a process that is ending still had a file open."""
        for _ in range(_TRIES):
            shutil.rmtree(self.path, ignore_errors=True)
            if not self.path.exists():
                return
            time.sleep(_PAUSE_S)


def make_job_folder() -> JobFolder:
    """Make a new folder where Slicer keeps what is temporary."""
    import slicer

    folder = JobFolder(Path(slicer.util.tempDirectory(key="VolumePreservingReg-")))
    folder.inputs.mkdir(parents=True, exist_ok=True)
    return folder
