"""qMRMLWidget: a widget that knows the scene and passes it on."""

from __future__ import annotations

import qt
from PySide6 import QtCore

SCENE_SIGNAL = {"mrmlSceneChanged(vtkMRMLScene*)": "mrmlSceneChanged"}


class qMRMLWidget(qt.QWidget):
    """The root of a panel; its children get the scene by the connections of the .ui file."""

    STUB = True
    SIGNATURES = SCENE_SIGNAL
    mrmlSceneChanged = QtCore.Signal(object)

    def __init__(self, parent=None):
        super().__init__(parent)
        self._scene = None

    def mrmlScene(self):
        """Return the scene or None."""
        return self._scene

    def setMRMLScene(self, scene):
        """Take the scene and tell of it."""
        if scene is not self._scene:
            self._scene = scene
            self.mrmlSceneChanged.emit(scene)
