"""Take a result out of the scene again."""

from __future__ import annotations

from VolumePreservingRegLib.scene.hierarchy import folder_of, remove_folder_if_empty
from VolumePreservingRegLib.scene.roles import ResultNodes


def remove_result(nodes: ResultNodes) -> None:
    """Remove all nodes of a result with what displays and stores them, and their folder.

    A node that was put under a transform of the result keeps its own place.
    """
    present = [node for node in nodes.nodes() if node.GetScene() is not None]
    if not present:
        return
    scene = present[0].GetScene()
    folder = folder_of(ResultNodes(*present))
    for node in present:
        remove_node(scene, node)
    remove_folder_if_empty(scene, folder)


def remove_node(scene, node) -> None:
    """Remove a node and the nodes that are there for it alone."""
    own = []
    if node.IsA("vtkMRMLDisplayableNode"):
        own += [node.GetNthDisplayNode(n) for n in range(node.GetNumberOfDisplayNodes())]
    if node.IsA("vtkMRMLStorableNode"):
        own += [node.GetNthStorageNode(n) for n in range(node.GetNumberOfStorageNodes())]
    scene.RemoveNode(node)
    for one in own:
        if one is not None and one.GetScene() is not None:
            scene.RemoveNode(one)
