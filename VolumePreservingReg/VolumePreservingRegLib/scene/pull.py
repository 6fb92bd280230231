"""Carry voxels of the moving scan over to the fixed scan."""

from __future__ import annotations

import numpy as np
import vtk
from vtk.util import numpy_support

from VolumePreservingRegLib.scene.geometry import inverse_of, world_from_ijk

FULL, HALF = 255, 128


def pull_mask(mask: np.ndarray, transform, *, moving, fixed) -> np.ndarray:
    """Return a bool mask (K, J, I) of the moving scan on the grid of the fixed one.

    `transform` is the from-parent transform, which leads from a fixed point to a moving one. The
    weights are linear, and half a voxel of them counts, as for the volumes of the engine.
    """
    reslice = vtk.vtkImageReslice()
    reslice.SetInputData(_image((mask != 0).astype(np.uint8) * FULL))
    reslice.SetResliceTransform(_fixed_to_moving_voxels(transform, moving=moving, fixed=fixed))
    reslice.SetInterpolationModeToLinear()
    reslice.SetOutputSpacing(1, 1, 1)
    reslice.SetOutputOrigin(0, 0, 0)
    size = fixed.GetImageData().GetDimensions()
    reslice.SetOutputExtent(0, size[0] - 1, 0, size[1] - 1, 0, size[2] - 1)
    reslice.SetBackgroundLevel(0)
    reslice.Update()
    values = numpy_support.vtk_to_numpy(reslice.GetOutput().GetPointData().GetScalars())
    return values.reshape(tuple(reversed(size))) >= HALF


def _fixed_to_moving_voxels(transform, *, moving, fixed):
    chain = vtk.vtkGeneralTransform()
    chain.PostMultiply()
    chain.Concatenate(world_from_ijk(fixed))
    chain.Concatenate(transform)
    chain.Concatenate(inverse_of(world_from_ijk(moving)))
    return chain


def _image(voxels: np.ndarray):
    image = vtk.vtkImageData()
    image.SetDimensions(*reversed(voxels.shape))
    scalars = numpy_support.numpy_to_vtk(voxels.ravel(), deep=True)
    image.GetPointData().SetScalars(scalars)
    return image
