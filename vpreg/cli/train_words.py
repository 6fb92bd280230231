"""Say how a training goes."""

from __future__ import annotations

import math
import time
from collections import deque

from vpreg.training.loop.events import Event, Exported, Said, StageBegan, StepDone, Validated
from vpreg.training.loop.stages import Stage

LATEST = 50
"""Of how many steps the shown loss and pace are means."""


def duration(seconds: float) -> str:
    """Say a time as a person does."""
    minutes = round(seconds / 60)
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 100 else f"{seconds / 3600:.1f} h"


class Pace:
    """Means over the latest steps, and the time that is left."""

    def __init__(self, stage: Stage) -> None:
        """Begin with nothing known."""
        self.stage = stage
        self._losses: deque[float] = deque(maxlen=LATEST)
        self._times: deque[float] = deque([time.monotonic()], maxlen=LATEST)

    def hear(self, done: StepDone) -> None:
        """Take note of a step."""
        if not done.skipped:
            self._losses.append(done.loss)
        self._times.append(time.monotonic())

    def words(self, step: int) -> str:
        """Say loss, steps a second and the time left of the stage."""
        loss = sum(self._losses) / len(self._losses) if self._losses else math.nan
        rate = (len(self._times) - 1) / max(1e-9, self._times[-1] - self._times[0])
        left = duration((self.stage.end - step) / rate) if rate else "?"
        return f"loss {loss:.4f}  {rate:.2g} steps/s  {left} left"


def validation_words(event: Validated) -> str:
    """Say what a validation found; what cannot be known is left out."""
    named = {"Dice": "dice", "STSR": "stsr_soft", "folds": "fold_share"}
    found = {name: event.figures.get(key, math.nan) for name, key in named.items()}
    known = [f"{name} {value:.3g}" for name, value in found.items() if math.isfinite(value)]
    best = ", the best so far" if event.is_best else ""
    return (
        f"Validation at step {event.step}: {', '.join([f'loss {event.score:.4f}', *known])}{best}"
    )


def sentence(event: Event) -> str:
    """Say an event; empty for those that nobody waits for."""
    if isinstance(event, StageBegan):
        stage = event.stage
        what = f"{stage.model}: {event.parameters} parameters"
        return f"{what}, steps {event.step} to {stage.end}, for {stage.kind.value}."
    if isinstance(event, Validated):
        return f"{validation_words(event)}."
    if isinstance(event, Exported):
        return f"Wrote {event.path.name} and its card."
    return event.message if isinstance(event, Said) else ""
