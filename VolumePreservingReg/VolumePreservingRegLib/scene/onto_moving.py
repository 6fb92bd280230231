"""Bring a map that was computed on roughly aligned voxels back onto the follow-up itself."""

from __future__ import annotations

import numpy as np
import slicer
import vtk
from vtk.util.numpy_support import vtk_to_numpy

from VolumePreservingRegLib.scene.geometry import inverse_of, world_from_ijk

RAS_TO_LPS = np.diag((-1.0, -1.0, 1.0, 1.0))


def resample_onto_moving(volume, moving, *, affine_lps):
    """Return a volume node on the voxels of `moving`, linearly; 0 where `volume` does not reach.

    `affine_lps` (4x4) leads from where `volume` says that it lies to the moving scan.
    """
    affine_ras = RAS_TO_LPS @ np.asarray(affine_lps, dtype=float) @ RAS_TO_LPS
    chain = vtk.vtkTransform()
    chain.PostMultiply()
    chain.Concatenate(world_from_ijk(moving))
    chain.Concatenate(slicer.util.vtkMatrixFromArray(np.linalg.inv(affine_ras)))
    chain.Concatenate(inverse_of(world_from_ijk(volume)))
    values = _resliced(volume.GetImageData(), chain, moving.GetImageData().GetDimensions())
    found = slicer.vtkMRMLScalarVolumeNode()
    slicer.util.updateVolumeFromArray(found, values)
    found.SetIJKToRASMatrix(world_from_ijk(moving))
    return found


def _resliced(image, transform, size):
    plain = vtk.vtkImageData()
    plain.ShallowCopy(image)
    plain.SetOrigin(0, 0, 0)
    plain.SetSpacing(1, 1, 1)
    reslice = vtk.vtkImageReslice()
    reslice.SetInputData(plain)
    reslice.SetResliceTransform(transform)
    reslice.SetInterpolationModeToLinear()
    reslice.SetBackgroundLevel(0)
    reslice.SetOutputOrigin(0, 0, 0)
    reslice.SetOutputSpacing(1, 1, 1)
    reslice.SetOutputExtent(0, size[0] - 1, 0, size[1] - 1, 0, size[2] - 1)
    reslice.Update()
    values = vtk_to_numpy(reslice.GetOutput().GetPointData().GetScalars())
    return values.reshape(tuple(reversed(size))).copy()
