"""The result of a timeline in subject hierarchy, and out of the scene again."""

from __future__ import annotations

from typing import Any

from slicer.i18n import tr as _

from VolumePreservingRegLib.scene.remove_result import remove_node
from VolumePreservingRegLib.timeline.nodes import TimelineNodes

FOLDER_ITEM_ATTRIBUTE = "VolumePreservingReg.timeline"


def place_result(nodes: TimelineNodes, *, baseline: Any) -> None:
    """Put all nodes into a folder below the patient, or at the top."""
    hierarchy = baseline.GetScene().GetSubjectHierarchyNode()
    item = hierarchy.GetItemByDataNode(baseline)
    patient = hierarchy.GetItemAncestorAtLevel(item, "Patient") if item else 0
    folder = hierarchy.CreateFolderItem(patient or hierarchy.GetSceneItemID(), _("Tumor over time"))
    hierarchy.SetItemAttribute(folder, FOLDER_ITEM_ATTRIBUTE, "1")
    for node in nodes.nodes():
        own = hierarchy.GetItemByDataNode(node)
        if own:
            hierarchy.SetItemParent(own, folder)
        else:
            hierarchy.CreateItem(folder, node)


def remove_result(nodes: TimelineNodes) -> None:
    """Remove all nodes of a result with what displays and stores them, and their folder."""
    present = [node for node in nodes.nodes() if node.GetScene() is not None]
    if not present:
        return
    scene = present[0].GetScene()
    hierarchy = scene.GetSubjectHierarchyNode()
    items = [hierarchy.GetItemByDataNode(node) for node in present]
    folders = {hierarchy.GetItemParent(item) for item in items if item}
    for node in present:
        remove_node(scene, node)
    for folder in folders:
        is_ours = hierarchy.GetItemAttribute(folder, FOLDER_ITEM_ATTRIBUTE)
        if is_ours and not hierarchy.GetNumberOfItemChildren(folder):
            hierarchy.RemoveItem(folder)
