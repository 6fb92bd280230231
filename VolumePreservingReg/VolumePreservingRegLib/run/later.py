"""Call a function later, and keep nothing of it afterwards.

Slicer replaces `QTimer.singleShot` by one that keeps each timer, and with it the function and all
that the function knows, until Slicer ends (slicerqt.py).
"""

from __future__ import annotations

from collections.abc import Callable

import qt


def call_later(milliseconds: int, function: Callable[[], None]) -> None:
    """Call a function once, after so many milliseconds."""
    timer = qt.QTimer()
    timer.setSingleShot(True)

    def ring() -> None:
        # The connection holds this function, which holds the timer: all go together.
        timer.deleteLater()
        function()

    timer.connect("timeout()", ring)
    timer.start(milliseconds)
