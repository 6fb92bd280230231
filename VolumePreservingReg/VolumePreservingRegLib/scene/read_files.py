"""Read volumes and transforms into nodes that belong to no scene yet."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import slicer
import vtk
from slicer.i18n import tr as _
from vtk.util.numpy_support import vtk_to_numpy


def read_volume(path: Path):
    """Return a volume node of finite numbers; ValueError if there is none in the file."""
    node = slicer.vtkMRMLScalarVolumeNode()
    storage = slicer.vtkMRMLVolumeArchetypeStorageNode()
    storage.SetFileName(str(path))
    if not storage.ReadData(node) or node.GetImageData() is None:
        msg = _("Register again: {path} cannot be read.").format(path=path)
        raise ValueError(msg)
    check_finite(slicer.util.arrayFromVolume(node), path)
    return node


def read_transform(path: Path):
    """Return a transform node that pulls as ITK does: from-parent, fixed point to moving point."""
    node = slicer.vtkMRMLTransformNode()
    storage = slicer.vtkMRMLTransformStorageNode()
    storage.SetFileName(str(path))
    if not storage.ReadData(node) or node.GetTransformFromParent() is None:
        msg = _("Register again: {path} cannot be read.").format(path=path)
        raise ValueError(msg)
    for grid in grid_transforms(node):
        vectors = grid.GetDisplacementGrid().GetPointData().GetScalars()
        check_finite(vtk_to_numpy(vectors), path)
    interpolate_linearly(node)
    return node


def grid_transforms(node) -> list:
    """Return the grids in the from-parent transform of a node."""
    return list(_grids(node.GetTransformFromParent()))


def interpolate_linearly(node) -> None:
    """Interpolate as the engine and ITK do: grids read from a file are set to cubic by Slicer."""
    for grid in grid_transforms(node):
        if grid.GetInterpolationMode() != vtk.VTK_LINEAR_INTERPOLATION:
            grid.SetInterpolationModeToLinear()


def check_finite(values, path: Path) -> None:
    """Raise ValueError if there is a number that is none."""
    if not np.isfinite(values).all():
        msg = _("Register again: {path} holds numbers that are none.").format(path=path)
        raise ValueError(msg)


def _grids(transform):
    if transform is None:
        return
    if transform.IsA("vtkOrientedGridTransform"):
        yield transform
    elif transform.IsA("vtkGeneralTransform"):
        for n in range(transform.GetNumberOfConcatenatedTransforms()):
            yield from _grids(transform.GetConcatenatedTransform(n))
