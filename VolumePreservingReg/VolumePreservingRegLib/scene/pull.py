"""Carry voxels of the moving scan over to the fixed scan."""

from __future__ import annotations

import numpy as np
import vtk
from vtk.util import numpy_support

from VolumePreservingRegLib.scene.geometry import inverse_of, world_from_ijk
from VolumePreservingRegLib.scene.pull_extent import extent_that_sees

FULL, HALF = 255, 128


def pull_mask(mask: np.ndarray, transform, *, moving, fixed) -> np.ndarray:
    """Return a bool mask (K, J, I) of the moving scan on the grid of the fixed one.

    `transform` is the from-parent transform, which leads from a fixed point to a moving one. The
    weights are linear, and half a voxel of them counts, as for the volumes of the engine.
    """
    chain = _fixed_to_moving_voxels(transform, moving=moving, fixed=fixed)
    size = fixed.GetImageData().GetDimensions()
    found = np.zeros(tuple(reversed(size)), dtype=bool)
    extent = extent_that_sees(mask, chain, size) if mask.any() else None
    if extent is None:
        return found
    reslice = vtk.vtkImageReslice()
    reslice.SetInputData(_image((mask != 0).astype(np.uint8) * FULL))
    reslice.SetResliceTransform(chain)
    reslice.SetInterpolationModeToLinear()
    reslice.SetOutputSpacing(1, 1, 1)
    reslice.SetOutputOrigin(0, 0, 0)
    reslice.SetOutputExtent(*extent)
    reslice.SetBackgroundLevel(0)
    reslice.Update()
    values = numpy_support.vtk_to_numpy(reslice.GetOutput().GetPointData().GetScalars())
    i, _, j, _, k, _ = extent
    part = values.reshape(tuple(reversed(reslice.GetOutput().GetDimensions()))) >= HALF
    found[k : k + part.shape[0], j : j + part.shape[1], i : i + part.shape[2]] = part
    return found


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
