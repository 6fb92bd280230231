"""Leave a scene as it was if what is added to it fails half-way."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager

import vtk


@contextmanager
def nothing_on_failure(scene):
    """Take out all nodes and folders that were added since the start, if an error comes."""
    before, items = set(all_nodes(scene)), set(all_items(scene))
    # After an interruption too: half a result is worse than none.
    with ExitStack() as on_failure:
        on_failure.callback(_take_out, scene, nodes_but=before, items_but=items)
        yield scene
        on_failure.pop_all()


def _take_out(scene, *, nodes_but: set, items_but: set) -> None:
    for node in reversed([node for node in all_nodes(scene) if node not in nodes_but]):
        if node.GetScene() is scene:
            scene.RemoveNode(node)
    hierarchy = scene.GetSubjectHierarchyNode()
    for item in set(all_items(scene)) - items_but:
        hierarchy.RemoveItem(item)


def all_nodes(scene) -> list:
    """Return all nodes of a scene."""
    nodes = scene.GetNodes()
    return [nodes.GetItemAsObject(n) for n in range(nodes.GetNumberOfItems())]


def all_items(scene) -> list[int]:
    """Return all items of subject hierarchy."""
    hierarchy, children = scene.GetSubjectHierarchyNode(), vtk.vtkIdList()
    hierarchy.GetItemChildren(hierarchy.GetSceneItemID(), children, True)
    return [children.GetId(n) for n in range(children.GetNumberOfIds())]
