"""What of an input matters to a registration: its voxels and its place in the world."""

from __future__ import annotations

import slicer
import vtk

from VolumePreservingRegLib.scene.roles import ROLE_ATTRIBUTE, TRANSFORM_ROLES


def content_of(node) -> tuple:
    """Return when the voxels of a volume changed last; segmentations tell it by events."""
    image = node.GetImageData() if node.IsA("vtkMRMLVolumeNode") else None
    if image is None or image.GetPointData().GetScalars() is None:
        return ()
    return (image.GetDimensions(), image.GetPointData().GetScalars().GetMTime())


def place_of(node) -> tuple:
    """Return where a node lies, as if it were not shown through the transform of a result."""
    matrix = vtk.vtkMatrix4x4()
    if node.IsA("vtkMRMLVolumeNode"):
        node.GetIJKToRASMatrix(matrix)
    bent = []
    for parent in ancestors(node):
        if parent.GetAttribute(ROLE_ATTRIBUTE) in TRANSFORM_ROLES:
            continue
        to_parent = vtk.vtkMatrix4x4()
        if parent.IsLinear():
            parent.GetMatrixTransformToParent(to_parent)
            vtk.vtkMatrix4x4.Multiply4x4(to_parent, matrix, matrix)
        else:
            bent.append((parent.GetID(), parent.GetTransformToParent().GetMTime()))
    return (tuple(slicer.util.arrayFromVTKMatrix(matrix).ravel().tolist()), *bent)


def ancestors(node) -> list:
    """Return the transforms above a node, the nearest first."""
    found, parent = [], node.GetParentTransformNode()
    while parent is not None:
        found.append(parent)
        parent = parent.GetParentTransformNode()
    return found
