"""Leave a scene as it was if what is added to it fails half-way."""

from __future__ import annotations

from contextlib import contextmanager

import vtk


@contextmanager
def nothing_on_failure(scene):
    """Take out all nodes and folders that were added since the start, if an error comes."""
    before, items = set(all_nodes(scene)), set(all_items(scene))
    try:
        yield scene
    # An interruption too: half a result is worse than none.
    except BaseException:
        for node in reversed([node for node in all_nodes(scene) if node not in before]):
            if node.GetScene() is scene:
                scene.RemoveNode(node)
        hierarchy = scene.GetSubjectHierarchyNode()
        for item in set(all_items(scene)) - items:
            hierarchy.RemoveItem(item)
        raise


def all_nodes(scene) -> list:
    """Return all nodes of a scene."""
    nodes = scene.GetNodes()
    return [nodes.GetItemAsObject(n) for n in range(nodes.GetNumberOfItems())]


def all_items(scene) -> list[int]:
    """Return all items of subject hierarchy."""
    hierarchy, children = scene.GetSubjectHierarchyNode(), vtk.vtkIdList()
    hierarchy.GetItemChildren(hierarchy.GetSceneItemID(), children, True)
    return [children.GetId(n) for n in range(children.GetNumberOfIds())]
