"""Which networks are trained one after the other, and from which step to which."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vpreg.training.settings import StageSettings


class StageKind(Enum):
    """What a network is trained for; the value is what a person reads."""

    SIMILARITY = "similarity"
    VOLUME = "volume"


@dataclass(frozen=True)
class Stage:
    """A network in training: its steps count on from those of the stage before."""

    kind: StageKind
    model: str
    """The name of the model that comes of it."""
    first_step: int
    steps: int

    @property
    def end(self) -> int:
        """The step after the last one."""
        return self.first_step + self.steps


def plan_stages(settings: StageSettings, *, name: str) -> tuple[Stage, ...]:
    """Return the stages in their order; where there are two, the first has a longer name."""
    stages = []
    if settings.similarity:
        model = f"{name}-similarity" if settings.volume else name
        stages.append(Stage(StageKind.SIMILARITY, model, 0, settings.similarity))
    if settings.volume:
        stages.append(Stage(StageKind.VOLUME, name, settings.similarity, settings.volume))
    return tuple(stages)
