"""What a saved scene does not hold, put back when it is opened."""

from __future__ import annotations

import slicer

from VolumePreservingRegLib.scene.read_files import interpolate_linearly
from VolumePreservingRegLib.scene.roles import ROLE_ATTRIBUTE, TRANSFORM_ROLES


def restore_after_opening(scene) -> None:
    """Interpolate the fields of all results linearly again: Slicer reads all fields as cubic."""
    for node in slicer.util.getNodesByClass("vtkMRMLTransformNode", scene):
        if node.GetAttribute(ROLE_ATTRIBUTE) in TRANSFORM_ROLES:
            interpolate_linearly(node)


class ReopenObserver:
    """Does so whenever a scene is opened or added to; keep it and call `stop` at the end."""

    def __init__(self, scene):
        self._scene = scene
        self._tag = scene.AddObserver(slicer.vtkMRMLScene.EndImportEvent, self._opened)

    def stop(self) -> None:
        """Observe no more; a second call does nothing."""
        if self._tag is not None:
            self._scene.RemoveObserver(self._tag)
            self._tag = None

    def _opened(self, scene, _event) -> None:
        restore_after_opening(scene)
