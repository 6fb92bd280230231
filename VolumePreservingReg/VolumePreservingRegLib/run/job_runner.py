"""Run one job at a time and see to its end: request, terminate, kill."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from VolumePreservingRegLib.run.job_folder import JobFolder
from VolumePreservingRegLib.run.messages import (
    Failed,
    Finished,
    LineBuffer,
    Progress,
    Warned,
    read_line,
)
from VolumePreservingRegLib.run.process import Command, Ears, Ended, Process

REQUEST_MS = 5000
TERMINATE_MS = 2000

Later = Callable[[int, Callable[[], None]], None]
"""Calls a function once, after so many milliseconds."""


class State(Enum):
    """Where a job is between its start and its end."""

    IDLE = "idle"
    RUNNING = "running"
    ASKED = "asked to end"
    TERMINATED = "told to end"
    KILLED = "killed"


class Ending(Enum):
    """Why there is no result."""

    CANCELLED = "cancelled"
    BAD_INPUT = "bad input"
    OUT_OF_MEMORY = "out of memory"
    FAULT = "fault"
    DIED = "died"
    NOT_STARTED = "not started"


@dataclass(frozen=True)
class Failure:
    """How a job ended without a result; `text` is the worker's own sentence, if it had one."""

    ending: Ending
    text: str = ""


@dataclass(frozen=True)
class JobEars:
    """Who hears of a job; exactly one of `finished` and `failed` is called, once, and last."""

    progress: Callable[[Progress], None]
    warned: Callable[[Warned], None]
    log: Callable[[str], None]
    finished: Callable[[Finished], None]
    failed: Callable[[Failure], None]


_BY_CODE = {
    "cancelled": Ending.CANCELLED,
    "bad_input": Ending.BAD_INPUT,
    "out_of_memory": Ending.OUT_OF_MEMORY,
}


class JobRunner:
    """Owns the process of a job."""

    def __init__(self, make_process: Callable[[], Process], *, later: Later) -> None:
        """Start nothing; `later` is Slicer's clock or that of a test."""
        self._make_process = make_process
        self._later = later
        self._process: Process | None = None
        self._state = State.IDLE
        self._last: Finished | Failed | None = None

    @property
    def state(self) -> State:
        """Where the job is."""
        return self._state

    @property
    def runs(self) -> bool:
        """Whether there is a process."""
        return self._state is not State.IDLE

    def start(self, command: Command, folder: JobFolder, ears: JobEars) -> None:
        """Start a job; RuntimeError while another one runs."""
        if self.runs:
            msg = "Wait for the job that runs, or cancel it: there is one at a time."
            raise RuntimeError(msg)
        self._folder, self._ears, self._lines = folder, ears, LineBuffer()
        self._last = None
        self._state = State.RUNNING
        self._process = self._make_process()
        self._process.start(command, Ears(self._on_output, self._on_log, self._on_ended))

    def cancel(self) -> None:
        """Ask the worker to end; after five seconds tell it, two later kill it."""
        if self._state is not State.RUNNING:
            return
        process = self._ask()
        self._later(REQUEST_MS, lambda: self._terminate(process))

    def end_now(self) -> None:
        """End the job before this returns: Slicer closes or the module is loaded again."""
        if not self.runs:
            return
        process = self._ask()
        if not process.wait(TERMINATE_MS):
            self._state = State.TERMINATED
            process.terminate()
        if not process.wait(TERMINATE_MS):
            self._state = State.KILLED
            process.kill()
            process.wait(TERMINATE_MS)

    def _ask(self) -> Process:
        process = self._process
        if process is None:
            msg = "A job that runs has a process."
            raise RuntimeError(msg)
        self._state = State.ASKED
        self._folder.ask_to_end()
        process.close_input()
        return process

    def _terminate(self, process: Process) -> None:
        if self._process is not process:
            return
        self._state = State.TERMINATED
        process.terminate()
        self._later(TERMINATE_MS, lambda: self._kill(process))

    def _kill(self, process: Process) -> None:
        if self._process is process:
            self._state = State.KILLED
            process.kill()

    def _on_output(self, data: bytes) -> None:
        for line in self._lines.take(data):
            self._on_line(line)

    def _on_line(self, line: bytes) -> None:
        message = read_line(line)
        if isinstance(message, Finished | Failed):
            self._last = message
        elif isinstance(message, Progress) and self._state is State.RUNNING:
            self._ears.progress(message)
        elif isinstance(message, Warned):
            self._ears.warned(message)
        elif message is None and line.strip():
            self._ears.log(line.decode(errors="replace") + "\n")

    def _on_log(self, data: bytes) -> None:
        self._ears.log(data.decode(errors="replace"))

    def _on_ended(self, ended: Ended) -> None:
        self._on_line(self._lines.rest())
        wanted_to_end = self._state is not State.RUNNING
        self._state, self._process = State.IDLE, None
        if isinstance(self._last, Finished) and not wanted_to_end:
            self._ears.finished(self._last)
        else:
            self._ears.failed(self._failure(ended, wanted_to_end=wanted_to_end))

    def _failure(self, ended: Ended, *, wanted_to_end: bool) -> Failure:
        if wanted_to_end:
            return Failure(Ending.CANCELLED)
        if isinstance(self._last, Failed):
            return Failure(_BY_CODE.get(self._last.code, Ending.FAULT), self._last.text)
        if ended.reason:
            return Failure(Ending.NOT_STARTED, ended.reason)
        return Failure(Ending.DIED)
