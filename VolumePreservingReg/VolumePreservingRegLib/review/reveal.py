"""Mix two images in their views by a checkerboard or by a wipe that follows the mouse."""

from __future__ import annotations

from enum import Enum

import vtk

from VolumePreservingRegLib.review.checkerboard import CELLS, Checkerboard
from VolumePreservingRegLib.review.mixed_slice import MixedSlice
from VolumePreservingRegLib.review.pairs import Pair
from VolumePreservingRegLib.review.wipe import MIDDLE, Wipe


class Reveal(Enum):
    """How two images share one view."""

    NONE = "none"
    CHECKERBOARD = "checkerboard"
    WIPE = "wipe"


MIXERS = {Reveal.CHECKERBOARD: Checkerboard, Reveal.WIPE: Wipe}
FIRST_AMOUNT = {Reveal.CHECKERBOARD: CELLS, Reveal.WIPE: MIDDLE}


class RevealedView:
    """A mixture in one view, which keeps its proportions when the view is resized."""

    def __init__(self, pair: Pair, reveal: Reveal):
        self._node = pair.view.mrmlSliceNode()
        self._mixer = MIXERS[reveal]()
        self._slice = MixedSlice(pair, self._mixer.filter)
        self._observation = self._node.AddObserver(vtk.vtkCommand.ModifiedEvent, self._fit)
        self._fit()

    @property
    def node_id(self) -> str:
        """The ID of the slice node of the view."""
        return self._node.GetID()

    def set_amount(self, amount: float):
        """Set the number of fields, or the place of the border."""
        self._mixer.set_amount(amount)
        self._fit()
        self._slice.draw()

    def show_overlay(self, volume, opacity: float):
        """Lay a volume over the mixture; None takes it away."""
        self._slice.show_overlay(volume, opacity)

    def close(self):
        """Show the image below again; observes nothing from now on."""
        self._node.RemoveObserver(self._observation)
        self._slice.close()

    def _fit(self, _caller=None, _event=None):
        width, height, _depth = self._node.GetDimensions()
        self._mixer.fit(width, height)
