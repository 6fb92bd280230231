"""Which part of the fixed scan can see a small region of the moving one."""

from __future__ import annotations

import numpy as np
import vtk
from vtk.util import numpy_support

STRIDE_VOXELS = 5


def extent_that_sees(mask: np.ndarray, chain, size) -> tuple[int, ...] | None:
    """Return the extent (i, i, j, j, k, k) of fixed voxels outside of which all see a 0.

    `chain` leads from fixed to moving voxels (i, j, k); `mask` is (K, J, I) and not empty. The map
    is looked at on a lattice only, since a whole scan of points takes seconds. None if the mask is
    out of sight.
    """
    lattice = _lattice(size)
    targets = _targets(chain, lattice)
    inside = np.argwhere(mask)[:, ::-1]
    margin = _across_a_cell(targets) + 1
    low, high = inside.min(0) - margin, inside.max(0) + margin
    seeing = lattice[((targets >= low) & (targets <= high)).all(-1)]
    if not len(seeing):
        return None
    first = np.maximum(seeing.min(0) - STRIDE_VOXELS, 0)
    last = np.minimum(seeing.max(0) + STRIDE_VOXELS, np.array(size) - 1)
    return tuple(int(n) for pair in zip(first, last, strict=True) for n in pair)


def _lattice(size) -> np.ndarray:
    """Return voxel indices (i, j, k) as (A, B, C, 3), the first and the last ones included."""
    lines = [np.unique(np.append(np.arange(0, n, STRIDE_VOXELS), n - 1)) for n in size]
    return np.stack(np.meshgrid(*lines, indexing="ij"), axis=-1)


def _targets(chain, lattice: np.ndarray) -> np.ndarray:
    """Return the moving voxels that the lattice looks at."""
    points, found = vtk.vtkPoints(), vtk.vtkPoints()
    flat = np.ascontiguousarray(lattice.reshape(-1, 3), dtype=np.float64)
    points.SetData(numpy_support.numpy_to_vtk(flat, deep=True))
    chain.TransformPoints(points, found)
    return numpy_support.vtk_to_numpy(found.GetData()).astype(np.float64).reshape(lattice.shape)


def _across_a_cell(targets: np.ndarray) -> float:
    """Return how far, at most, the corners of one cell of the lattice look apart."""
    steps = [np.abs(np.diff(targets, axis=a)).max(initial=0.0) for a in range(3)]
    return float(sum(steps))
