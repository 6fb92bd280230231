"""Notice that the scene closes or that a node goes."""

from __future__ import annotations

from collections.abc import Callable

import slicer
import vtk


class SceneWatch:
    """Call `closing()` before a scene closes and `leaving(node)` before a node goes."""

    def __init__(self, scene, *, closing: Callable[[], None], leaving: Callable):
        self._scene = scene

        def on_close(_scene, _event):
            closing()

        @vtk.calldata_type(vtk.VTK_OBJECT)
        def on_leave(_scene, _event, node):
            if not scene.IsClosing():
                leaving(node)

        events = slicer.vtkMRMLScene
        self._observations = [
            scene.AddObserver(events.StartCloseEvent, on_close),
            scene.AddObserver(events.NodeAboutToBeRemovedEvent, on_leave),
        ]

    def close(self):
        """Notice nothing more; a second call does nothing."""
        for observation in self._observations:
            self._scene.RemoveObserver(observation)
        self._observations = []
