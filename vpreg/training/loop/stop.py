"""Hear the wish to stop without breaking off a step."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class StopWish:
    """Whether somebody wants the training to stop after the step that it is in."""

    def __init__(self) -> None:
        """Start without a wish."""
        self.wanted = False

    def want(self) -> None:
        """Stop after this step; KeyboardInterrupt for whoever asks a second time."""
        if self.wanted:
            raise KeyboardInterrupt
        self.wanted = True


@contextmanager
def stop_on_signals() -> Iterator[StopWish]:
    """Yield a wish that Ctrl-C, a polite kill and the end of the terminal express."""
    wish = StopWish()
    if threading.current_thread() is not threading.main_thread():
        yield wish
        return
    numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    before = {number: signal.signal(number, lambda *_: wish.want()) for number in numbers}
    try:
        yield wish
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
