"""Two scans at the coarse voxel sizes at which an affine alignment works."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.pyramid import downsample, downsampled_grid

# More voxels than this say nothing more about twelve parameters, they only take time.
_VOXELS_AT_MOST = 1_000_000


@dataclass(frozen=True)
class CoarseScan:
    """A scan at one voxel size; `weight` (K, J, I) is 1 where it may be looked at, None for all."""

    voxels: torch.Tensor
    weight: torch.Tensor | None
    grid: Grid

    def shown(self) -> torch.Tensor:
        """Return the weight as a tensor."""
        return torch.ones_like(self.voxels) if self.weight is None else self.weight


def coarse_scans(
    image: Image, mask: Image | None, spacings_mm: Sequence[float]
) -> list[CoarseScan]:
    """Return the scan at each spacing, given from the finest to the coarsest.

    Each axis is shrunk by a whole number, so thick slices stay where they were acquired. A scan
    with very many voxels starts coarser than asked.
    """
    voxels = image.voxels if image.voxels.is_floating_point() else image.voxels.float()
    weight = None if mask is None else (mask.voxels != 0).to(voxels)
    scan = CoarseScan(voxels, weight, image.grid)
    levels = []
    for spacing_mm in spacings_mm:
        scan = _shrink(scan, _factors(scan.grid, spacing_mm))
        levels.append(scan)
    return levels


def _shrink(scan: CoarseScan, factors: tuple[int, int, int]) -> CoarseScan:
    if factors == (1, 1, 1):
        return scan
    weight = None if scan.weight is None else downsample(scan.weight, factors).clamp_(0.0, 1.0)
    return CoarseScan(
        downsample(scan.voxels, factors), weight, downsampled_grid(scan.grid, factors)
    )


def _factors(grid: Grid, spacing_mm: float) -> tuple[int, int, int]:
    while True:
        k, j, i = (max(1, round(spacing_mm / s)) for s in grid.spacing_mm)
        n = math.prod(math.ceil(n / f) for n, f in zip(grid.shape, (k, j, i), strict=True))
        if n <= _VOXELS_AT_MOST:
            return k, j, i
        spacing_mm *= 1.1
