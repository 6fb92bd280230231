"""A process as the job runner sees it, so that tests can put another one in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Command:
    """What to start."""

    program: str
    arguments: Sequence[str]
    environment: Mapping[str, str]


@dataclass(frozen=True)
class Ended:
    """How a process ended; without a status it crashed, was killed, or never started."""

    status: int | None
    reason: str = ""


@dataclass(frozen=True)
class Ears:
    """Who hears of a process; `ended` is called once, and last."""

    output: Callable[[bytes], None]
    log: Callable[[bytes], None]
    ended: Callable[[Ended], None]


class Process(Protocol):
    """A process that can be asked, told and forced to end."""

    def start(self, command: Command, ears: Ears) -> None:
        """Start it; a program that is not there is an end, too, and no exception."""

    def close_input(self) -> None:
        """Close its standard input, which a worker takes as the wish to end."""

    def terminate(self) -> None:
        """Tell it to end."""

    def kill(self) -> None:
        """End it."""

    def wait(self, milliseconds: int) -> bool:
        """Wait until it has ended, and tell whether it has."""
