"""The place of a result in subject hierarchy: a folder beside the baseline."""

from __future__ import annotations

from VolumePreservingRegLib.scene.roles import ResultNodes

FOLDER_ITEM_ATTRIBUTE = "VolumePreservingReg.registration"


def place_result(nodes: ResultNodes, *, fixed, name: str) -> int:
    """Put all nodes into a folder under the study, or whatever else the baseline lies in."""
    hierarchy = fixed.GetScene().GetSubjectHierarchyNode()
    fixed_item = hierarchy.GetItemByDataNode(fixed)
    parent = hierarchy.GetItemParent(fixed_item) if fixed_item else hierarchy.GetSceneItemID()
    folder = hierarchy.CreateFolderItem(parent or hierarchy.GetSceneItemID(), name)
    hierarchy.SetItemAttribute(folder, FOLDER_ITEM_ATTRIBUTE, "1")
    for node in nodes.nodes():
        item = hierarchy.GetItemByDataNode(node)
        if item:
            hierarchy.SetItemParent(item, folder)
        else:
            hierarchy.CreateItem(folder, node)
    return folder


def folder_of(nodes: ResultNodes) -> int:
    """Return the item of the folder that a result lies in, 0 if there is none."""
    for node in nodes.nodes():
        hierarchy = node.GetScene().GetSubjectHierarchyNode()
        item = hierarchy.GetItemByDataNode(node)
        parent = hierarchy.GetItemParent(item) if item else 0
        if parent and hierarchy.GetItemAttribute(parent, FOLDER_ITEM_ATTRIBUTE):
            return parent
    return 0


def remove_folder_if_empty(scene, folder: int) -> None:
    """Remove the folder of a result unless somebody keeps something in it."""
    hierarchy = scene.GetSubjectHierarchyNode()
    if folder and not hierarchy.GetNumberOfItemChildren(folder):
        hierarchy.RemoveItem(folder)
