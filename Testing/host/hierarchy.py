"""Give every node its item in subject hierarchy, as the plugins of Slicer do."""

from __future__ import annotations

import slicer
import vtk

SHOWN = (
    "vtkMRMLVolumeNode",
    "vtkMRMLTransformNode",
    "vtkMRMLSegmentationNode",
    "vtkMRMLTableNode",
    "vtkMRMLMarkupsNode",
    "vtkMRMLModelNode",
    "vtkMRMLTextNode",
    "vtkMRMLPlotChartNode",
    "vtkMRMLPlotSeriesNode",
)


def follow_nodes(scene):
    """Add an item for each node that is added from now on, and remove it with its node."""

    @vtk.calldata_type(vtk.VTK_OBJECT)
    def added(_scene, _event, node):
        if is_shown(node) and not scene.IsImporting():
            add_item(scene, node)

    @vtk.calldata_type(vtk.VTK_OBJECT)
    def removed(_scene, _event, node):
        if scene.IsClosing() or not is_shown(node):
            return
        hierarchy = scene.GetSubjectHierarchyNode()
        item = hierarchy.GetItemByDataNode(node)
        if item:
            hierarchy.RemoveItem(item, False, True)

    def imported(_scene, _event):
        slicer.vtkMRMLSubjectHierarchyNode.ResolveSubjectHierarchy(scene)
        nodes = scene.GetNodes()
        for node in [nodes.GetItemAsObject(n) for n in range(nodes.GetNumberOfItems())]:
            if is_shown(node):
                add_item(scene, node)

    def closed(_scene, _event):
        # Closing took the hierarchy out of the scene: Slicer makes the next one at once.
        slicer.vtkMRMLSubjectHierarchyNode.ResolveSubjectHierarchy(scene)

    scene.AddObserver(slicer.vtkMRMLScene.NodeAddedEvent, added)
    scene.AddObserver(slicer.vtkMRMLScene.NodeRemovedEvent, removed)
    scene.AddObserver(slicer.vtkMRMLScene.EndImportEvent, imported)
    scene.AddObserver(slicer.vtkMRMLScene.EndCloseEvent, closed)
    closed(scene, None)


def is_shown(node):
    """Say whether a node has a place in subject hierarchy."""
    return not node.GetHideFromEditors() and any(node.IsA(name) for name in SHOWN)


def add_item(scene, node):
    """Put a node at the top of the hierarchy unless it has its place."""
    hierarchy = scene.GetSubjectHierarchyNode()
    if not hierarchy.GetItemByDataNode(node):
        hierarchy.CreateItem(hierarchy.GetSceneItemID(), node)
