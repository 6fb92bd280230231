"""Notice when an input of a result changes, and mark the result."""

from __future__ import annotations

import slicer
import vtk
from slicer.i18n import tr as _

from VolumePreservingRegLib.scene.input_state import content_of, place_of
from VolumePreservingRegLib.scene.references import inputs_of
from VolumePreservingRegLib.scene.roles import ResultNodes
from VolumePreservingRegLib.scene.stale import is_stale, mark_stale


class StaleObserver:
    """Marks a result when the voxels, segments or place of one of its inputs change.

    Display, names and selection do not matter, nor does showing an input through a transform of a
    result. `on_stale(reason)` is called once, after marking.
    """

    def __init__(self, nodes: ResultNodes, *, on_stale=None):
        self._nodes, self._on_stale = nodes, on_stale
        self._inputs = inputs_of(nodes)
        self._states = {node: state_of(node) for node in self._inputs}
        self._tags = []
        for node in self._inputs:
            self._observe(node)
        for scene in {node.GetScene() for node in nodes.nodes()}:
            event = slicer.vtkMRMLScene.NodeAboutToBeRemovedEvent
            self._tags.append((scene, scene.AddObserver(event, self._removed())))

    def stop(self) -> None:
        """Observe no more; a second call does nothing."""
        for source, tag in self._tags:
            source.RemoveObserver(tag)
        self._tags = []

    def mark(self, reason: str) -> None:
        """Mark the result, as when a parameter was changed."""
        already = is_stale(self._nodes)
        mark_stale(self._nodes, reason)
        if not already and self._on_stale is not None:
            self._on_stale(reason)

    def _observe(self, node) -> None:
        def looked_at(_source, _event):
            if state_of(node) != self._states[node]:
                self._mark_changed(node)

        def edited(_source, _event):
            self._mark_changed(node)

        for event in (
            vtk.vtkCommand.ModifiedEvent,
            slicer.vtkMRMLTransformableNode.TransformModifiedEvent,
        ):
            self._tags.append((node, node.AddObserver(event, looked_at)))
        if node.IsA("vtkMRMLVolumeNode"):
            event = slicer.vtkMRMLVolumeNode.ImageDataModifiedEvent
            self._tags.append((node, node.AddObserver(event, looked_at)))
        if node.IsA("vtkMRMLSegmentationNode"):
            kinds, segments = slicer.vtkSegmentation, node.GetSegmentation()
            for event in (
                kinds.SourceRepresentationModified,
                kinds.SegmentAdded,
                kinds.SegmentRemoved,
            ):
                self._tags.append((segments, segments.AddObserver(event, edited)))

    def _mark_changed(self, node) -> None:
        self.mark(_("{name} was changed after the registration.").format(name=node.GetName()))

    def _removed(self):
        @vtk.calldata_type(vtk.VTK_OBJECT)
        def removed(scene, _event, node):
            if node in self._inputs and not scene.IsClosing():
                self.mark(_("{name} was removed from the scene.").format(name=node.GetName()))

        return removed


def state_of(node) -> tuple:
    """Return what changes if and only if a registration of the node would."""
    return content_of(node), place_of(node)
