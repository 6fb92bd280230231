"""The part of the engine that a worker drives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from vpreg.progress import Progress, Stage
from vpreg.recipes.inputs import Inputs
from vpreg.recipes.result import Result


class Registers(Protocol):
    """A recipe: from two scans to a result."""

    def __call__(
        self,
        inputs: Inputs,
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
