"""Show how far a training is, on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.text import Text

from vpreg.cli.train_words import Pace, sentence
from vpreg.training.loop.events import Event, Listener, Looked, StageBegan, StepDone

PLAIN_EVERY_S = 10.0


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


@contextmanager
def bar_of_checks() -> Iterator[Callable[[float], None]]:
    """Yield what hears how many of the scans were looked at."""
    console = Console(stderr=True, highlight=False)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task("Looking at the scans", total=1.0)
        yield lambda share: bars.update(task, completed=share)
