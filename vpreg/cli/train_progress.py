"""Show how far a training is, on stderr."""

from __future__ import annotations

import math
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.text import Text

from vpreg.training.loop.events import (
    Event,
    Exported,
    Listener,
    Looked,
    Said,
    StageBegan,
    StepDone,
    Validated,
)
from vpreg.training.loop.stages import Stage

LATEST = 50
"""Of how many steps the shown loss and pace are means."""
PLAIN_EVERY_S = 10.0


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


@contextmanager
def watch(*, plain: bool) -> Iterator[Listener]:
    """Yield what hears the events of a training: bars at a terminal, else lines."""
    console = Console(stderr=True, highlight=False)
    if plain or not console.is_terminal:
        yield PlainLines().hear
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[words]}"),
    )
    with Progress(*columns, console=console) as bars:
        yield Bars(bars).hear


class PlainLines:
    """A line for whatever happens, and one every few seconds for the steps."""

    def __init__(self) -> None:
        """Begin with nothing shown."""
        self._pace: Pace | None = None
        self._last_line_s = time.monotonic()

    def hear(self, event: Event) -> None:
        """Write the line of an event, if it has one."""
        if isinstance(event, StageBegan):
            self._pace = Pace(event.stage)
        if isinstance(event, StepDone) and self._pace is not None:
            self._pace.hear(event)
            if time.monotonic() - self._last_line_s < PLAIN_EVERY_S:
                return
            self._last_line_s = time.monotonic()
            line = f"Step {event.step} of {event.stage.end}: {self._pace.words(event.step)}"
        else:
            line = sentence(event)
        if line:
            sys.stderr.write(f"{line}\n")
            sys.stderr.flush()


class Bars:
    """A bar for the data and one for every stage, and lines above them."""

    def __init__(self, bars: Progress) -> None:
        """Begin without a stage."""
        self._bars = bars
        self._looking: TaskID | None = None
        self._task: TaskID | None = None
        self._pace: Pace | None = None

    def hear(self, event: Event) -> None:
        """Draw an event."""
        if isinstance(event, Looked):
            self._look(event.share)
        if isinstance(event, StageBegan):
            self._begin(event)
        if isinstance(event, StepDone) and self._pace is not None and self._task is not None:
            self._pace.hear(event)
            done = event.step - event.stage.first_step
            self._bars.update(self._task, completed=done, words=self._pace.words(event.step))
            return
        line = sentence(event)
        if line:
            self._bars.console.print(Text(line))

    def _look(self, share: float) -> None:
        if self._looking is None:
            title = "Looking at the scans"
            self._looking = self._bars.add_task(title, total=100, words="percent")
        self._bars.update(self._looking, completed=round(100 * share))

    def _begin(self, event: StageBegan) -> None:
        stage = event.stage
        self._pace = Pace(stage)
        self._task = self._bars.add_task(
            stage.model, total=stage.steps, completed=event.step - stage.first_step, words=""
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


@contextmanager
def bar_of_checks() -> Iterator[Callable[[float], None]]:
    """Yield what hears how many of the scans were looked at."""
    console = Console(stderr=True, highlight=False)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task("Looking at the scans", total=1.0)
        yield lambda share: bars.update(task, completed=share)
