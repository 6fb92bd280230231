"""Find the slice views on the screen, and what they show."""

from __future__ import annotations

from VolumePreservingRegLib.review.protocols import LayoutManager, SliceWidget


def shown_views(layoutManager: LayoutManager) -> list[SliceWidget]:
    """List the slice views of the present layout; those of former layouts are hidden."""
    nodes = layoutManager.layoutLogic().GetViewNodes()
    found = [nodes.GetItemAsObject(index) for index in range(nodes.GetNumberOfItems())]
    names = [node.GetLayoutName() for node in found if node.IsA("vtkMRMLSliceNode")]
    widgets = [layoutManager.sliceWidget(name) for name in names]
    return [widget for widget in widgets if widget is not None]


def shown_volume(view: SliceWidget):
    """Return the volume in the background of a view, or None."""
    composite = view.mrmlSliceCompositeNode()
    scene = composite.GetScene() if composite else None
    identifier = composite.GetBackgroundVolumeID() if composite else None
    return scene.GetNodeByID(identifier) if scene and identifier else None


def image_renderer(view: SliceWidget):
    """Return the renderer with the image of a view and the outlines above it: the lowest."""
    renderers = view.sliceView().renderWindow().GetRenderers()
    found = [renderers.GetItemAsObject(index) for index in range(renderers.GetNumberOfItems())]
    return min(found, key=lambda renderer: renderer.GetLayer())
