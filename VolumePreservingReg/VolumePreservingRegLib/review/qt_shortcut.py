"""A key of Slicer's main window for the review."""

from __future__ import annotations

from collections.abc import Callable

FLICKER_KEY = "Ctrl+Shift+F"
SIGNALS = ("activated()", "activatedAmbiguously()")


class Shortcut:
    """Call a function when a key is pressed anywhere in a window, while enabled."""

    def __init__(self, key: str, pressed: Callable[[], None], *, window):
        import qt

        self._shortcut = qt.QShortcut(qt.QKeySequence(key), window)
        # Where two of the key are enabled, Qt gives each press to one of them, in turn.
        for signal in SIGNALS:
            self._shortcut.connect(signal, pressed)
        self._pressed = pressed

    def enable(self, on: bool):
        """Take the key, or leave it to others."""
        self._shortcut.setEnabled(on)

    def close(self):
        """Give the key back; a second call does nothing."""
        if self._shortcut is None:
            return
        for signal in SIGNALS:
            self._shortcut.disconnect(signal, self._pressed)
        # Until it is gone, it would make its key ambiguous for the next one.
        self._shortcut.setEnabled(False)
        self._shortcut.deleteLater()
        self._shortcut = None
