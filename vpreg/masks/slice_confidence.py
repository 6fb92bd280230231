"""How surely a voxel was measured."""

from __future__ import annotations

import numpy as np
import torch

from vpreg.fields.sampling import axis_coordinates
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.masks.acquired_slices import AcquiredSlices


def slice_confidence(slices: AcquiredSlices, grid: Grid, *, reach_mm: float | None = None) -> Image:
    """Return 1 on the centre of a slice, falling to 0 over one voxel, or `reach_mm`, across it.

    Over one voxel it is the mask of the acquired planes after linear interpolation, as SparseVM
    has it (methods §4). It does not
    grow with the thickness of a slice: between two centres the grey value is a guess, whatever
    the slices saw of the tissue there (docs/adr/0011).
    """
    position = _positions_mm(slices, grid)
    reach = reach_mm or float(np.abs(np.asarray(slices.normal_lps) @ _voxel_edges(grid)).sum())
    return Image((1.0 - _to_nearest_mm(slices, position) / reach).clamp_(0.0, 1.0), grid)


def slice_coverage(slices: AcquiredSlices, grid: Grid) -> Image:
    """Return the share of each voxel that lies inside a slice: gaps have 0, slices 1."""
    position = _positions_mm(slices, grid)
    edge = float(np.abs(np.asarray(slices.normal_lps) @ _voxel_edges(grid)).sum())
    below = (position / slices.spacing_mm).floor_()
    covered = torch.zeros_like(position)
    for number in (below, below + 1):
        gap = (position - number * slices.spacing_mm).abs_()
        inside = ((slices.thickness_mm + edge) / 2 - gap).div_(edge).clamp_(0.0, 1.0)
        covered += inside.mul_((number >= 0) & (number < slices.count))
    return Image(covered.clamp_(max=1.0), grid)


def _positions_mm(slices: AcquiredSlices, grid: Grid) -> torch.Tensor:
    """Return x · normal for each voxel (K, J, I), from the first slice on."""
    normal = np.asarray(slices.normal_lps)
    steps = (normal @ _voxel_edges(grid)).tolist()
    start = float(normal @ np.asarray(grid.origin_lps)) - slices.first_mm
    lines = axis_coordinates(grid.shape, device="cpu", dtype=torch.float64)
    position: torch.Tensor = lines[0] * steps[0] + lines[1] * steps[1] + lines[2] * steps[2] + start
    return position.expand(grid.shape).to(torch.float32)


def _to_nearest_mm(slices: AcquiredSlices, position_mm: torch.Tensor) -> torch.Tensor:
    nearest: torch.Tensor = (position_mm / slices.spacing_mm).round_().clamp_(0, slices.count - 1)
    gap = position_mm - nearest * slices.spacing_mm
    return gap.abs_()


def _voxel_edges(grid: Grid) -> np.ndarray:
    edges: np.ndarray = np.asarray(grid.direction) * np.asarray(grid.spacing_mm)
    return edges
