"""Turn places in arrays of voxels into places in the patient."""

from __future__ import annotations

import numpy as np
import slicer

from VolumePreservingRegLib.scene.geometry import world_from_ijk


def place_of(volume, kji) -> tuple[float, float, float]:
    """Return the RAS point (mm, world) of a voxel of a volume, given as (k, j, i)."""
    matrix = slicer.util.arrayFromVTKMatrix(world_from_ijk(volume))
    point = matrix @ (*[float(index) for index in reversed(kji)], 1.0)
    return tuple(float(value) for value in point[:3])


def voxel_ml(volume) -> float:
    """Return the size of a voxel in millilitres."""
    return float(np.prod(volume.GetSpacing())) / 1000.0


def size_text(ml: float) -> str:
    """Write a volume with as many digits as a reader needs."""
    return f"{ml:.0f}" if ml >= 10 else f"{ml:.2g}"


def middle_voxel(mask: np.ndarray, *, box=None) -> tuple[int, int, int]:
    """Return the voxel of a region that is nearest to its centroid, so one of the region.

    `box` are the slices of the whole array that the mask was cut out by.
    """
    voxels = np.argwhere(mask)
    distance = np.square(voxels - voxels.mean(axis=0)).sum(axis=1)
    corner = [part.start for part in box] if box else (0, 0, 0)
    return tuple(int(index) for index in voxels[np.argmin(distance)] + corner)
