"""What went wrong, as a sentence and a code."""

from __future__ import annotations

import traceback

from vpreg.progress import Cancelled
from vpreg.worker.exit_codes import FailureCode

_NO_MEMORY = ("not enough memory", "can't allocate memory", "out of memory", "bad_alloc")


def explain(error: Exception) -> tuple[FailureCode, str]:
    """Return the code and the sentence for whatever ended a job.

    The engine raises ValueError for what the user can mend. A fault of the program leaves its
    traceback on stderr.
    """
    if isinstance(error, Cancelled):
        return FailureCode.CANCELLED, str(error)
    if is_lack_of_memory(error):
        return FailureCode.OUT_OF_MEMORY, (
            "Close other programs, crop the scans or choose another device: "
            "the memory did not suffice."
        )
    if isinstance(error, ValueError):
        return FailureCode.BAD_INPUT, str(error)
    traceback.print_exception(error)
    if isinstance(error, OSError):
        what = error.strerror or str(error)
        return FailureCode.FAULT, f"Check the disk and the right to write: {what}."
    kind = type(error).__name__
    return FailureCode.FAULT, f"Report this fault of the program with its log: {kind}: {error}"


def is_lack_of_memory(error: Exception) -> bool:
    """Tell whether memory ran out; torch says so in a RuntimeError of its own or any words."""
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return True
    words = str(error).lower()
    return isinstance(error, RuntimeError) and any(part in words for part in _NO_MEMORY)
