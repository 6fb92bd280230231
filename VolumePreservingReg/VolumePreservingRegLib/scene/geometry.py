"""Where the voxels of a node lie in the world, parent transforms included."""

from __future__ import annotations

import numpy as np
import slicer
import vtk
from slicer.i18n import tr as _


def linear_to_world(node):
    """Return the matrix from a node to the world; ValueError if it goes through a field."""
    matrix = vtk.vtkMatrix4x4()
    parent = node.GetParentTransformNode()
    if parent is None:
        return matrix
    if not parent.IsTransformToWorldLinear():
        msg = _("Harden the transform of {name} first, or take it off: it bends the scan.")
        raise ValueError(msg.format(name=node.GetName()))
    parent.GetMatrixTransformToWorld(matrix)
    return matrix


def world_from_ijk(volume):
    """Return the matrix from voxel indices (i, j, k) of a volume to RAS mm of the world."""
    ijk_to_ras, matrix = vtk.vtkMatrix4x4(), vtk.vtkMatrix4x4()
    volume.GetIJKToRASMatrix(ijk_to_ras)
    vtk.vtkMatrix4x4.Multiply4x4(linear_to_world(volume), ijk_to_ras, matrix)
    return matrix


def inverse_of(matrix):
    """Return the inverse of a matrix."""
    inverse = vtk.vtkMatrix4x4()
    vtk.vtkMatrix4x4.Invert(matrix, inverse)
    return inverse


def oriented_like(volume):
    """Return an image without voxels that has the extent and the world geometry of a volume."""
    image = slicer.vtkOrientedImageData()
    image.SetExtent(volume.GetImageData().GetExtent())
    image.SetGeometryFromImageToWorldMatrix(world_from_ijk(volume))
    return image


def same_place(one, other, *, tolerance_mm: float = 0.01) -> bool:
    """Say whether two volumes have the same shape and their corners at the same places."""
    shape = one.GetImageData().GetDimensions()
    if shape != other.GetImageData().GetDimensions():
        return False
    gap = slicer.util.arrayFromVTKMatrix(world_from_ijk(one)) - slicer.util.arrayFromVTKMatrix(
        world_from_ijk(other)
    )
    corners = np.array(np.meshgrid(*[(0, n - 1) for n in shape], [1])).reshape(4, -1)
    return float(np.abs(gap @ corners).max()) < tolerance_mm
