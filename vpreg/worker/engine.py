"""The part of the engine that a worker drives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from vpreg.job.job import Job
from vpreg.progress import Progress, Stage
from vpreg.recipes.result import Result
from vpreg.worker.inputs import read_inputs


class ReadsInputs(Protocol):
    """Reads what a recipe is given from the files of a job."""

    def __call__(self, job: Job, *, progress: Progress) -> Any:  # noqa: ANN401 - what it takes
        """Raise ValueError with a plain sentence for a file that cannot be used."""


class Registers(Protocol):
    """A recipe: from two scans to a result."""

    def __call__(
        self,
        inputs: Any,  # noqa: ANN401 - what `read_inputs` returned
        *,
        settings: Any,  # noqa: ANN401 - whatever the engine made of the settings of the job
        progress: Progress,
    ) -> Result:
        """Register; raise ValueError with a plain sentence for scans that cannot be used."""


@dataclass(frozen=True)
class Engine:
    """What understands settings, registers, and writes the report (None: there is no report)."""

    read_settings: Callable[[dict[str, Any]], Any]
    stages: Callable[[Any], Sequence[Stage]]
    register: Registers
    write_report: Callable[[Result, Path], None] | None
    read_inputs: ReadsInputs = read_inputs
    sparse: Engine | None = None
    """The same for jobs with a sparse scan."""

    def for_job(self, job: Job) -> Engine:
        """Return the engine of the recipe of a job."""
        return self if job.sparse is None or self.sparse is None else self.sparse
