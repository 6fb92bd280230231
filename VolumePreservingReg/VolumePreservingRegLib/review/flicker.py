"""Show two images in turn at the same place, by a key or by a timer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from VolumePreservingRegLib.review.pairs import Pair
from VolumePreservingRegLib.review.protocols import SliceWidget, TimerFactory
from VolumePreservingRegLib.review.views import shown_volume

INTERVAL_MS = 600

Shown = Callable[[SliceWidget, Any], None]
"""Is told which volume a view shows now."""


class Flicker:
    """Change the background of views between two volumes; leaves each as found.

    A view in which somebody has chosen another volume since is left alone.
    """

    def __init__(self, timerFactory: TimerFactory, *, shown: Shown):
        self._timer = timerFactory(self.toggle)
        self._shown = shown
        self._found: list[tuple[Pair, Any]] = []
        self._second = False

    def begin(self, pairs: list[Pair]):
        """Take these views; they go on showing what they show until the first change."""
        self.end()
        self._found = [(pair, shown_volume(pair.view)) for pair in pairs]
        self._second = self._second_was_found()

    def run(self, interval_ms: int = INTERVAL_MS):
        """Change at each interval."""
        self._timer.start(interval_ms)

    def toggle(self):
        """Show the other image now."""
        self._second = not self._second
        for pair, _found in self._found:
            self._change(pair, pair.second if self._second else pair.first)

    def rest(self):
        """Show again what was found; from now on only `toggle` changes it."""
        self._timer.stop()
        for pair, found in self._found:
            self._change(pair, found)
        self._second = self._second_was_found()

    def end(self):
        """Show again what was found and let the views go; a second call does nothing."""
        self.rest()
        self._found = []

    def image_of(self, view: SliceWidget):
        """Return the volume that a view shows, or will show again after flickering."""
        shown = shown_volume(view)
        for pair, found in self._found:
            if pair.view is view and shown in (pair.first, pair.second):
                return found
        return shown

    def _second_was_found(self) -> bool:
        return any(found is pair.second for pair, found in self._found)

    def _change(self, pair: Pair, volume):
        shown = shown_volume(pair.view)
        if shown is volume or shown not in (pair.first, pair.second) or not volume.GetScene():
            return
        pair.view.mrmlSliceCompositeNode().SetBackgroundVolumeID(volume.GetID())
        self._shown(pair.view, volume)
