"""One JSON object a line, on the standard output that nothing else can reach."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable

_LOCK_S = 0.1


def take_stdout() -> int:
    """Keep the standard output for the lines alone; whatever a library prints goes to stderr."""
    sys.stdout.flush()
    private = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return private


class Lines:
    """Writes events to a file descriptor; `nobody_listens` is called once the reader is gone."""

    def __init__(self, descriptor: int, *, nobody_listens: Callable[[], None]) -> None:
        """Write to `descriptor` from any thread."""
        self._descriptor = descriptor
        self._nobody_listens = nobody_listens
        self._lock = threading.Lock()
        self._ended = False

    def end(self, event: str, /, **parts: object) -> None:
        """Write the last line; there is only one, whoever else wants to write one later."""
        self.write(event, **parts)
        self._ended = True

    def write(self, event: str, /, **parts: object) -> None:
        """Write one line; dropped where a reader does not take the line before it."""
        line = json.dumps({"event": event, **parts}, ensure_ascii=False, allow_nan=False) + "\n"
        # A thread that has to end the process must not wait for one that waits for the reader.
        if not self._lock.acquire(timeout=_LOCK_S):
            return
        try:
            if not self._ended:
                self._write_all(line.encode())
        except OSError:
            self._nobody_listens()
        finally:
            self._lock.release()

    def _write_all(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._descriptor, data) :]
