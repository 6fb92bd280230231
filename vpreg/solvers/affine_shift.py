"""Try every shift between two scans at once."""

from __future__ import annotations

import itertools

import numpy as np
import torch

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.interpolation import Interpolation
from vpreg.images.resampling import resample
from vpreg.solvers.affine_foreground import Foreground
from vpreg.solvers.affine_levels import CoarseScan

# Of each body so much must be in the view of the other scan; of one of them, half.
_LEAST_SEEN = 0.15
_LEAST_SEEN_OF_ONE = 0.5


def best_shift(
    fixed: CoarseScan,
    moving: CoarseScan,
    *,
    fixed_body: Foreground,
    moving_body: Foreground,
    spacing_mm: float,
) -> np.ndarray | None:
    """Return the shift, fixed to moving in LPS mm, with the most evidence; None if none overlaps.

    The correlation of what both scans show is taken at every shift of whole voxels through
    Fourier transforms (Padfield 2012). Evidence is -n/2 log(1 - r²), the information that n voxels
    give; so a good match of half a head beats a perfect one of its tip.
    """
    a = _on_lattice(fixed, fixed_body, fixed.grid, spacing_mm)
    b = _on_lattice(moving, moving_body, fixed.grid, spacing_mm)
    shape = [m + n - 1 for m, n in zip(a.grid.shape, b.grid.shape, strict=True)]
    evidence = _evidence(a, b, shape)
    best = int(evidence.argmax())
    if not float(evidence.view(-1)[best]) > 0:
        return None
    steps = [
        s if s < n else s - size
        for s, n, size in zip(np.unravel_index(best, shape), b.grid.shape, shape, strict=True)
    ]
    # Voxel x of the one lies on voxel x + s of the other.
    result: np.ndarray = (b.grid.voxel_to_lps @ [*steps, 1.0] - a.grid.voxel_to_lps[:, 3])[:3]
    return result


class _Lattice:
    def __init__(
        self, grid: Grid, values: torch.Tensor, shown: torch.Tensor, body: torch.Tensor
    ) -> None:
        self.grid = grid
        centre = (values * shown).sum() / shown.sum().clamp(min=1e-9)
        self.values = (values - centre) * shown
        self.squares = (values - centre).square() * shown
        self.shown, self.body = shown, body


def _on_lattice(scan: CoarseScan, body: Foreground, axes: Grid, spacing_mm: float) -> _Lattice:
    grid = _covering(scan.grid, axes, spacing_mm)
    layers = (scan.voxels, scan.shown(), body.mask.to(scan.voxels))
    values, shown, seen = (
        # Small, and float64 is not to be had on every device.
        resample(Image(layer, scan.grid), grid, interpolation=Interpolation.LINEAR)
        .voxels.cpu()
        .double()
        for layer in layers
    )
    inside = resample(Image(torch.ones_like(scan.voxels), scan.grid), grid).voxels.cpu().double()
    return _Lattice(grid, values, shown * inside, seen * inside)


def _covering(grid: Grid, axes: Grid, spacing_mm: float) -> Grid:
    """Return a grid along the axes of another one that covers a grid."""
    direction = np.asarray(axes.direction)
    outer = itertools.product(*((-0.5, n - 0.5) for n in grid.shape))
    corners = np.array([grid.voxel_to_lps @ [*corner, 1.0] for corner in outer])[:, :3] @ direction
    low, high = corners.min(0), corners.max(0)
    k, j, i = np.ceil((high - low) / spacing_mm - 1e-6).astype(int).clip(1).tolist()
    matrix = np.eye(4)
    matrix[:3, :3] = direction * spacing_mm
    first = (low + high) / 2 - (np.array([k, j, i]) - 1) / 2 * spacing_mm
    matrix[:3, 3] = direction @ first
    return Grid.from_matrix((k, j, i), matrix)


def _evidence(a: _Lattice, b: _Lattice, shape: list[int]) -> torch.Tensor:
    def spectrum(x: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = torch.fft.rfftn(x, s=shape)
        return found

    def at_shifts(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = torch.fft.irfftn(x.conj() * y, s=shape)
        return found

    a_shown, b_shown = spectrum(a.shown), spectrum(b.shown)
    a_values, b_values = spectrum(a.values), spectrum(b.values)
    n = at_shifts(a_shown, b_shown).clamp_(min=1e-6)
    a_sum, b_sum = at_shifts(a_values, b_shown), at_shifts(a_shown, b_values)
    a_spread = at_shifts(spectrum(a.squares), b_shown) - a_sum * a_sum / n
    b_spread = at_shifts(a_shown, spectrum(b.squares)) - b_sum * b_sum / n
    together = at_shifts(a_values, b_values) - a_sum * b_sum / n
    floor = 1e-6 * float(a.squares.sum() * b.squares.sum())
    r2 = together.square() / (a_spread * b_spread).clamp(min=max(floor, 1e-30))
    a_seen = at_shifts(spectrum(a.body), b_shown) / a.body.sum().clamp(min=1e-9)
    b_seen = at_shifts(a_shown, spectrum(b.body)) / b.body.sum().clamp(min=1e-9)
    allowed = (torch.minimum(a_seen, b_seen) >= _LEAST_SEEN) & (
        torch.maximum(a_seen, b_seen) >= _LEAST_SEEN_OF_ONE
    )
    return torch.where(allowed, -0.5 * n * (1 - r2.clamp(max=1 - 1e-6)).log(), 0.0)
