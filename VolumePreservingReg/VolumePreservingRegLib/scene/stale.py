"""Say that a result no longer goes with its inputs, as soon as one of them changes."""

from __future__ import annotations

import slicer
import vtk
from slicer.i18n import tr as _

from VolumePreservingRegLib.scene.references import inputs_of
from VolumePreservingRegLib.scene.roles import ResultNodes

STALE_ATTRIBUTE = "VolumePreservingReg.stale"
SUFFIX = " (outdated)"


def mark_stale(nodes: ResultNodes, reason: str) -> None:
    """Mark all nodes of a result, in their names and with the reason as their description."""
    for node in nodes.nodes():
        if node.GetScene() is None or is_node_stale(node):
            continue
        node.SetAttribute(STALE_ATTRIBUTE, reason)
        node.SetDescription(reason)
        node.SetName(node.GetName() + SUFFIX)


def unmark_stale(nodes: ResultNodes) -> None:
    """Take the marks off again, as when a setting is put back."""
    for node in nodes.nodes():
        if not is_node_stale(node):
            continue
        node.RemoveAttribute(STALE_ATTRIBUTE)
        node.SetDescription("")
        node.SetName(node.GetName().removesuffix(SUFFIX))


def is_stale(nodes: ResultNodes | None) -> bool:
    """Say whether a result is marked."""
    return nodes is not None and any(is_node_stale(node) for node in nodes.nodes())


def stale_reason(nodes: ResultNodes | None) -> str:
    """Return why a result is outdated, or nothing."""
    reasons = [node.GetAttribute(STALE_ATTRIBUTE) for node in nodes.nodes()] if nodes else []
    return next((reason for reason in reasons if reason), "")


def is_node_stale(node) -> bool:
    """Say whether a node is marked."""
    return bool(node.GetAttribute(STALE_ATTRIBUTE))


class StaleObserver:
    """Marks a result when the voxels, segments or place of one of its inputs change.

    Display, names and selection do not matter. `on_stale(reason)` is called once, after marking.
    """

    def __init__(self, nodes: ResultNodes, *, on_stale=None):
        self._nodes, self._on_stale = nodes, on_stale
        self._tags = [
            (source, source.AddObserver(event, self._changed))
            for node in inputs_of(nodes)
            for source, event in watched(node)
        ]
        scene = slicer.mrmlScene if not nodes.nodes() else nodes.nodes()[0].GetScene()
        event = slicer.vtkMRMLScene.NodeAboutToBeRemovedEvent
        self._inputs = inputs_of(nodes)
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

    def _changed(self, source, _event) -> None:
        name = source.GetName() if hasattr(source, "GetName") else ""
        self.mark(
            _("{name} was changed after the registration.").format(name=name or _("An input"))
        )

    def _removed(self):
        @vtk.calldata_type(vtk.VTK_OBJECT)
        def removed(scene, _event, node):
            if node in self._inputs and not scene.IsClosing():
                reason = _("{name} was removed from the scene.").format(name=node.GetName())
                self.mark(reason)

        return removed


def watched(node) -> list:
    """Return pairs of object and event that say that the content of an input changed."""
    events = [(node, slicer.vtkMRMLTransformableNode.TransformModifiedEvent)]
    if node.IsA("vtkMRMLVolumeNode"):
        return [*events, (node, slicer.vtkMRMLVolumeNode.ImageDataModifiedEvent)]
    if node.IsA("vtkMRMLSegmentationNode"):
        kinds = slicer.vtkSegmentation
        changes = (kinds.SourceRepresentationModified, kinds.SegmentAdded, kinds.SegmentRemoved)
        return [*events, *((node.GetSegmentation(), change) for change in changes)]
    return events
