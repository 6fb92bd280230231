"""Show where a scan was not measured: a veil over it, in a color that no scan has."""

from __future__ import annotations

NAME = "Between slices"
MOST_VEILED = 0.5
"""Above this confidence the scan shows as it is."""

VEIL_RGB = (0.90, 0.50, 0.05)


def display_confidence(volume) -> None:
    """Veil what is less sure than not: what was measured is to be seen, and not its mark."""
    volume.CreateDefaultDisplayNodes()
    display = volume.GetDisplayNode()
    display.SetAndObserveColorNodeID(confidence_colours(volume.GetScene()).GetID())
    display.AutoWindowLevelOff()
    display.SetWindowLevelMinMax(0.0, 1.0)
    display.AutoThresholdOff()
    display.SetThreshold(-1.0, MOST_VEILED)
    display.ApplyThresholdOn()


def confidence_colours(scene):
    """Return the color of the veil, made when first asked for in a scene."""
    node = scene.GetFirstNode(NAME, "vtkMRMLProceduralColorNode")
    if node is not None:
        return node
    node = scene.AddNewNodeByClass("vtkMRMLProceduralColorNode", NAME)
    node.SetHideFromEditors(0)  # else Slicer does not save it
    for value in (0.0, 1.0):
        node.GetColorTransferFunction().AddRGBPoint(value, *VEIL_RGB)
    node.SetTypeToUser()
    return node
