"""What happens in a training, for those who watch it and for the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from vpreg.training.loop.stages import Stage


@dataclass(frozen=True)
class Looked:
    """So much of the data, 0 to 1, was looked at."""

    share: float


@dataclass(frozen=True)
class StageBegan:
    """A stage begins, or goes on after `step`."""

    stage: Stage
    step: int
    parameters: int


@dataclass(frozen=True)
class StepDone:
    """A step was made, or left out because its loss was not finite. `step` counts from 1."""

    stage: Stage
    step: int
    loss: float
    parts: dict[str, float] = field(default_factory=dict)
    seconds: float = 0.0
    skipped: bool = False


@dataclass(frozen=True)
class Validated:
    """The network was measured on the validation pairs."""

    stage: Stage
    step: int
    score: float
    """The smaller the better."""
    figures: dict[str, float]
    is_best: bool


@dataclass(frozen=True)
class Saved:
    """The state was kept."""

    stage: Stage
    step: int


@dataclass(frozen=True)
class Exported:
    """A stage is over and its model can be used."""

    stage: Stage
    step: int
    path: Path


@dataclass(frozen=True)
class Said:
    """A sentence for the user."""

    message: str


Event = Looked | StageBegan | StepDone | Validated | Saved | Exported | Said
Listener = Callable[[Event], None]
