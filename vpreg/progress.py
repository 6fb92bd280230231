"""How far a registration is, and how it is stopped."""

from __future__ import annotations

from enum import Enum
from typing import Protocol


class Stage(Enum):
    """The steps of a job, in their order; the value is what a person reads."""

    READING = "Reading the scans"
    AFFINE = "Rough alignment"
    SIMILARITY = "Similarity-only registration"
    MASK = "Soft tumor mask"
    VOLUME = "Volume-preserving registration"
    MEASURING = "Measuring"
    WRITING = "Writing the results"


class Cancelled(Exception):  # noqa: N818 - it is a wish of the user, not an error
    """The user asked to stop."""


class Progress(Protocol):
    """Whoever wants to know how far a stage is."""

    def report(self, stage: Stage, fraction: float) -> None:
        """Take note of the done share of a stage, 0 to 1; raise Cancelled to stop the work."""


class Silent:
    """A progress that nobody watches."""

    def report(self, stage: Stage, fraction: float) -> None:
        """Ignore it."""
