"""Notice that another layout is shown."""

from __future__ import annotations

from collections.abc import Callable

import vtk

from VolumePreservingRegLib.review.protocols import LayoutManager

AFTER_THE_LAYOUT_MANAGER = -1.0  # which makes the views of the layout at priority 0


class LayoutWatch:
    """Call `changed()` after the views of another layout have come."""

    def __init__(self, layoutManager: LayoutManager, *, changed: Callable[[], None]):
        self._node = layoutManager.layoutLogic().GetLayoutNode()
        self._shown = self._node.GetViewArrangement()
        self._changed = changed
        self._observation = self._node.AddObserver(
            vtk.vtkCommand.ModifiedEvent, self._look, AFTER_THE_LAYOUT_MANAGER
        )

    def close(self):
        """Notice nothing more; a second call does nothing."""
        if self._observation is not None:
            self._node.RemoveObserver(self._observation)
        self._observation = None

    def _look(self, _caller, _event):
        shown = self._node.GetViewArrangement()
        if shown != self._shown:
            self._shown = shown
            self._changed()
