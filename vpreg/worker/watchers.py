"""Notice that the owner of the job wants it to end, whatever the main thread is doing."""

from __future__ import annotations

import os
import signal
import socket
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path

from vpreg.worker.stop import Stop

_POLL_S = 0.1
_SIGNALS = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")


def stdin_is_a_pipe() -> bool:
    """Tell whether a program holds the other end: no terminal, no file, not /dev/null."""
    try:
        mode = os.fstat(0).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def watch_stdin(stop: Stop) -> None:
    """Want the end when standard input closes; what comes through it is ignored."""

    def wait_for_the_end() -> None:
        # Not sys.stdin: its lock would be held while the interpreter ends.
        while os.read(0, 4096):
            pass
        stop.want("Stopped: standard input was closed, and nothing was written.")

    _start(wait_for_the_end)


def watch_cancel_file(stop: Stop, path: Path) -> None:
    """Want the end when the file is there."""

    def wait_for_the_file() -> None:
        while not path.exists():
            time.sleep(_POLL_S)
        stop.want("Stopped: the cancel file was there, and nothing was written.")

    _start(wait_for_the_file)


def watch_signals(stop: Stop) -> None:
    """Want the end at SIGTERM, SIGINT and the like, also while the main thread computes.

    A handler in Python would wait for the main thread to come back from a long computation; the
    byte that the interpreter writes for each signal does not.
    """
    received, written = socket.socketpair()
    written.setblocking(False)
    signal.set_wakeup_fd(written.fileno(), warn_on_full_buffer=False)
    for name in _SIGNALS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _leave_it_to_the_watcher)

    def wait_for_a_signal() -> None:
        # The loop keeps both ends alive: a signal may come at any time, even twice.
        while number := received.recv(1):
            name = signal.Signals(number[0]).name
            stop.want(f"Stopped: the process was asked to end ({name}), and nothing was written.")
        written.close()

    _start(wait_for_a_signal)


def _leave_it_to_the_watcher(_number: int, _frame: object) -> None:
    """Do nothing, so that the signal ends nothing either."""


def _start(watch: Callable[[], None]) -> None:
    threading.Thread(target=watch, daemon=True).start()
