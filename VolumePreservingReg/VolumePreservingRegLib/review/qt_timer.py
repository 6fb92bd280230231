"""The timer of Qt for the review."""

from __future__ import annotations

from collections.abc import Callable

from VolumePreservingRegLib.review.protocols import Timer


def qt_timer(tick: Callable[[], None]) -> Timer:
    """Make a stopped timer that calls `tick` at each interval."""
    import qt

    timer = qt.QTimer()
    timer.connect("timeout()", tick)
    return timer
