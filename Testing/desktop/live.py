"""Drive a real Slicer from a script: let its events go on, and keep pictures of its window."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import qt
import slicer

TICK_MS = 50
SETTLE_S = 0.8
WIDTH, QUALITY = 1400, 88


def settle(seconds: float = SETTLE_S) -> None:
    """Let Slicer do what it has put off."""
    wait_until(lambda: False, seconds=seconds)


def wait_until(condition: Callable[[], bool], *, seconds: float = 600) -> bool:
    """Let Qt's own loop run until a condition holds; tell whether it came to hold."""
    loop, end = qt.QEventLoop(), time.monotonic() + seconds
    held = False

    def look() -> None:
        nonlocal held
        held = condition()
        if held or time.monotonic() > end:
            loop.quit()

    timer = qt.QTimer()
    timer.setInterval(TICK_MS)
    timer.connect("timeout()", look)
    timer.start()
    loop.exec_()
    timer.stop()
    return held


def run_job(button, job) -> None:
    """Press a button and wait for its job; RuntimeError if none began or it did not end."""
    button.click()
    if not wait_until(lambda: job.runs, seconds=10) or not wait_until(lambda: not job.runs):
        msg = "The job did not run to its end: look at the log in the panel."
        raise RuntimeError(msg)
    settle()


def keep_picture(path: Path) -> None:
    """Save what the window shows."""
    settle()
    slicer.util.forceRenderAllViews()
    settle()
    window = slicer.util.mainWindow().grab()
    window.scaledToWidth(WIDTH, qt.Qt.SmoothTransformation).save(str(path), "JPG", QUALITY)
    print(path.name, flush=True)
