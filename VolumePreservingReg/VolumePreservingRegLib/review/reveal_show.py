"""The mixtures of all views of a review."""

from __future__ import annotations

from typing import Any

from VolumePreservingRegLib.review.cursor import Cursor
from VolumePreservingRegLib.review.pairs import Pair
from VolumePreservingRegLib.review.reveal import Reveal, RevealedView


class RevealShow:
    """Mix the images of some views; the border of a wipe can follow the mouse."""

    def __init__(self):
        self._views: list[RevealedView] = []
        self._cursor: Cursor | None = None

    def begin(self, pairs: list[Pair], reveal: Reveal):
        """Mix the images of each pair in its view; NONE ends it."""
        self.end()
        if reveal is not Reveal.NONE:
            self._views = [RevealedView(pair, reveal) for pair in pairs]

    def set_amount(self, amount: float):
        """Set the number of fields across, or the place of the border (0 left, 1 right)."""
        for view in self._views:
            view.set_amount(amount)

    def show_overlays(self, overlays: dict[str, Any], opacity: float):
        """Lay over each mixture the volume given for the ID of its slice node, or none."""
        for view in self._views:
            view.show_overlay(overlays.get(view.node_id), opacity)

    def follow(self, scene):
        """Let the border of each view follow the mouse from now on."""
        self.stop_following()
        self._cursor = Cursor(scene, moved=self._to_cursor)

    def stop_following(self):
        """Leave the borders where they are; a second call does nothing."""
        if self._cursor is not None:
            self._cursor.close()
        self._cursor = None

    def end(self):
        """Show the images below again; a second call does nothing."""
        self.stop_following()
        for view in self._views:
            view.close()
        self._views = []

    def _to_cursor(self, node, across: float):
        for view in self._views:
            if view.node_id == node.GetID():
                view.set_amount(across)
