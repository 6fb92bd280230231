"""The fine grid on which a sparse scan is compared with an atlas."""

from __future__ import annotations

import itertools

import numpy as np

from vpreg.images.grid import Grid, Triple
from vpreg.images.image import Image
from vpreg.images.pyramid import downsample, downsampled_grid
from vpreg.images.resampling import resample
from vpreg.masks.acquired_slices import AcquiredSlices


def on_slices(image: Image, slices: AcquiredSlices | None, *, voxel_mm: float) -> Image:
    """Interpolate an image linearly onto a grid of about `voxel_mm` with planes along the slices.

    Pixels finer than that are averaged first. Where the slices lie along the image already, its
    own planes and pixels stay what they are.
    """
    axis = None if slices is None else slices.axis_in(image.grid)
    factors = [max(1, round(voxel_mm / spacing)) for spacing in image.grid.spacing_mm]
    if axis is not None:
        factors[axis] = 1
    factor = (factors[0], factors[1], factors[2])
    small = Image(downsample(image.voxels, factor), downsampled_grid(image.grid, factor))
    if slices is None:
        return small
    if axis is None:
        return resample(small, _turned(small.grid, slices, voxel_mm))
    steps = round(small.grid.spacing_mm[axis] / max(voxel_mm, _pixel_mm(small.grid, axis)))
    return resample(small, _subdivided(small.grid, axis, steps)) if steps > 1 else small


def _pixel_mm(grid: Grid, axis: int) -> float:
    return min(spacing for a, spacing in enumerate(grid.spacing_mm) if a != axis)


def _subdivided(grid: Grid, axis: int, steps: int) -> Grid:
    """Put planes between those of an axis, and half as many before the first and after the last."""
    beyond = (steps - 1) // 2
    shape, spacing = list(grid.shape), list(grid.spacing_mm)
    shape[axis] = (shape[axis] - 1) * steps + 1 + 2 * beyond
    spacing[axis] /= steps
    index = np.zeros(4)
    index[axis], index[3] = -beyond / steps, 1.0
    x, y, z = (grid.voxel_to_lps @ index)[:3].tolist()
    return Grid(
        (shape[0], shape[1], shape[2]),
        (spacing[0], spacing[1], spacing[2]),
        (x, y, z),
        grid.direction,
    )


def _turned(grid: Grid, slices: AcquiredSlices, voxel_mm: float) -> Grid:
    """Cover a grid by one whose first axis runs across the slices."""
    axes = _axes_across(np.asarray(slices.normal_lps), np.asarray(grid.direction))
    ends = itertools.product(*[(-0.5, n - 0.5) for n in grid.shape])
    matrix = grid.voxel_to_lps
    corners = np.array(list(ends)) @ matrix[:3, :3].T + matrix[:3, 3]
    edge = max(voxel_mm, min(grid.spacing_mm))
    along = corners @ axes
    low = along.min(0) + edge / 2
    k, j, i = (max(1, int(np.ceil(n / edge - 1e-6))) for n in np.ptp(along, axis=0).tolist())
    x, y, z = (axes @ low).tolist()
    return Grid((k, j, i), (edge, edge, edge), (x, y, z), _rows(axes))


def _axes_across(normal: np.ndarray, direction: np.ndarray) -> np.ndarray:
    """Return a right-angled frame: the normal, and the two other axes hardly turned."""
    order = np.argsort(-np.abs(normal @ direction))
    second = direction[:, order[1]] - (direction[:, order[1]] @ normal) * normal
    second /= np.linalg.norm(second)
    return np.stack([normal, second, np.cross(normal, second)], axis=1)


def _rows(matrix: np.ndarray) -> tuple[Triple, Triple, Triple]:
    a, b, c = ((float(x), float(y), float(z)) for x, y, z in matrix)
    return (a, b, c)
