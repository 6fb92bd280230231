"""Tell where the mouse is within a slice view, by Slicer's crosshair node."""

from __future__ import annotations

from collections.abc import Callable

import slicer


class Cursor:
    """Call `moved(slice node, share of the width from the left)` as the mouse moves."""

    def __init__(self, scene, *, moved: Callable):
        self._moved = moved
        self._node = scene.GetSingletonNode("default", "vtkMRMLCrosshairNode")
        event = slicer.vtkMRMLCrosshairNode.CursorPositionModifiedEvent
        self._observation = self._node.AddObserver(event, self._tell) if self._node else None

    def close(self):
        """Tell nothing more; a second call does nothing."""
        if self._observation is not None:
            self._node.RemoveObserver(self._observation)
        self._observation = None

    def _tell(self, _caller, _event):
        xyz = [0.0, 0.0, 0.0]
        node = self._node.GetCursorPositionXYZ(xyz)
        if node is not None:
            self._moved(node, xyz[0] / max(node.GetDimensions()[0], 1))
