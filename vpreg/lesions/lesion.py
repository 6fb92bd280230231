"""One lesion through all time points."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Event(Enum):
    """What became of a lesion at a time point; the value is what a person reads."""

    BASELINE = "at baseline"
    NOT_YET = "not there yet"
    NEW = "new"
    CONTINUED = "continued"
    SPLIT = "split"
    MERGED = "merged with another"
    ABSORBED = "merged into another"
    VANISHED = "vanished"
    REAPPEARED = "reappeared"


@dataclass(frozen=True)
class Appearance:
    """A lesion at one time point: its pieces there, and the lesions it merged with or into."""

    event: Event
    pieces: tuple[int, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lesion:
    """A lesion by name, with one appearance for each time point."""

    name: str
    appearances: tuple[Appearance, ...]

    @property
    def first(self) -> int:
        """The time point at which it was first seen."""
        return next(t for t, one in enumerate(self.appearances) if one.pieces)

    @property
    def is_new(self) -> bool:
        """Whether it was not there at baseline."""
        return self.first > 0
