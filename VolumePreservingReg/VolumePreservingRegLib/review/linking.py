"""Make views move together and show the same piece of the patient at the same scale."""

from __future__ import annotations

from VolumePreservingRegLib.review.protocols import SliceWidget

ALL_FLAGS = 0xFFFFFFFF
FOREGROUND_VOLUME, BACKGROUND_VOLUME = 1, 2  # vtkMRMLSliceCompositeNode::InteractionFlagType


def link(views: list[SliceWidget]):
    """Let the views follow each other at once, each with the volume it has."""
    for view in views:
        composite = view.mrmlSliceCompositeNode()
        modifying = composite.StartModify()
        composite.SetLinkedControl(True)
        composite.SetHotLinkedControl(True)
        # Else a volume chosen in one view, or loaded later, would take the place of all.
        composite.SetInteractionFlagsModifier(ALL_FLAGS & ~(FOREGROUND_VOLUME | BACKGROUND_VOLUME))
        composite.SetDoPropagateVolumeSelection(False)
        composite.EndModify(modifying)


def match(views: list[SliceWidget]):
    """Give all views the scale of the coarsest; views of one orientation the same centre too."""
    nodes = [view.mrmlSliceNode() for view in views]
    # A view that Qt has not given its size yet has one pixel or none.
    sized = [node for node in nodes if node.GetDimensions()[0] > 1]
    scale_mm = max(scale_of(node) for node in sized or nodes)
    first_of: dict[str, object] = {}
    for node in nodes:
        set_scale(node, scale_mm)
        # The orientation by name is "Reformat" for all views once a tilted scan has turned them.
        first = first_of.setdefault(node.GetDefaultOrientation(), node)
        if first is not node:
            node.GetSliceToRAS().DeepCopy(first.GetSliceToRAS())
            node.SetXYZOrigin(*first.GetXYZOrigin())
            node.UpdateMatrices()


def scale_of(node) -> float:
    """Return the millimetres of a pixel of a slice view."""
    return node.GetFieldOfView()[0] / max(node.GetDimensions()[0], 1)


def set_scale(node, scale_mm: float):
    """Set the millimetres of a pixel; the thickness of the slice stays."""
    width, height, _ = node.GetDimensions()
    node.SetFieldOfView(scale_mm * width, scale_mm * height, node.GetFieldOfView()[2])


def fit(views: list[SliceWidget], volume):
    """Show the whole of a volume in every view."""
    for view in views:
        node, logic = view.mrmlSliceNode(), view.sliceLogic()
        width, height, _ = node.GetDimensions()
        logic.FitSliceToVolume(volume, width, height)
        logic.SnapSliceOffsetToIJK()
    match(views)
