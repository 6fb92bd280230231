"""A key of Slicer's main window for the review."""

from __future__ import annotations

from collections.abc import Callable

FLICKER_KEY = "Ctrl+Shift+F"


class Shortcut:
    """Call a function when a key is pressed anywhere in a window, until closed."""

    def __init__(self, key: str, pressed: Callable[[], None], *, window):
        import qt

        self._shortcut = qt.QShortcut(qt.QKeySequence(key), window)
        self._shortcut.connect("activated()", pressed)
        self._pressed = pressed

    def close(self):
        """Give the key back; a second call does nothing."""
        if self._shortcut is None:
            return
        self._shortcut.disconnect("activated()", self._pressed)
        # Until the window dies the shortcut would make its key ambiguous for the next one.
        self._shortcut.setParent(None)
        self._shortcut.deleteLater()
        self._shortcut = None
