"""The wish to stop, and the moment from which it comes too late."""

from __future__ import annotations

import threading

from vpreg.progress import Cancelled


class Stop:
    """Who wants the job to end says so here, from any thread; the first reason is kept."""

    def __init__(self) -> None:
        """Start without a wish."""
        self._lock = threading.Lock()
        self._wanted = threading.Event()
        self._too_late = False
        self.reason = ""

    @property
    def wanted(self) -> bool:
        """Whether the job has to end."""
        return self._wanted.is_set()

    def want(self, reason: str) -> None:
        """Ask for the end, with a sentence that says why; ignored when the result is appearing."""
        with self._lock:
            if not self._too_late and not self.wanted:
                self.reason = reason
                self._wanted.set()

    def wait(self) -> None:
        """Wait until somebody wants the end."""
        self._wanted.wait()

    def raise_if_wanted(self) -> None:
        """Raise Cancelled if the job has to end."""
        if self.wanted:
            raise Cancelled(self.reason)

    def close(self) -> None:
        """Take no more wishes: the next thing is the result. Raise Cancelled if one came before."""
        with self._lock:
            self.raise_if_wanted()
            self._too_late = True
