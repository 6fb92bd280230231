"""How a worker ends, as a number for the system and a word for the reader of its lines."""

from __future__ import annotations

from enum import Enum, IntEnum


class ExitCode(IntEnum):
    """The exit status of the process."""

    FINISHED = 0
    FAILED = 1
    BAD_INPUT = 2
    CANCELLED = 3


class FailureCode(Enum):
    """Why there is no result, in the `code` of the `failed` line."""

    BAD_INPUT = "bad_input"
    CANCELLED = "cancelled"
    OUT_OF_MEMORY = "out_of_memory"
    FAULT = "fault"

    @property
    def exit_code(self) -> ExitCode:
        """The exit status that goes with it."""
        by_code = {
            FailureCode.BAD_INPUT: ExitCode.BAD_INPUT,
            FailureCode.CANCELLED: ExitCode.CANCELLED,
        }
        return by_code.get(self, ExitCode.FAILED)
