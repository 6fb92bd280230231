"""How much a similarity-only registration had to force tissue."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.filters.gaussian import gaussian_smooth
from vpreg.images.grid import Grid, Triple
from vpreg.similarity.local_ncc_map import local_ncc_squared_map


@dataclass(frozen=True)
class Evidence:
    """What stage 1 left behind, all (K, J, I) on the fixed grid."""

    fixed: torch.Tensor
    warped: torch.Tensor
    relative_determinant: torch.Tensor
    """det J · r: above 1 the tissue shrank more than the organ did (T1, T2)."""
    organ: torch.Tensor
    """The moving organ, warped, 0 to 1."""
    grid: Grid


def mismatch_score(
    evidence: Evidence, *, scale_mm: float, window_mm: float, shrink_only: bool
) -> torch.Tensor:
    """Return, for each voxel, mean |ln det J · r| times what the images still lack in likeness.

    A volume change is forced where it did not even make the images alike: mass that has no
    counterpart is squeezed or stretched and stays unlike. Either factor alone also flags well
    matched ventricles or noise (docs/adr/0006). Means are over `scale_mm` (sigma) in the organ.
    """
    grid = evidence.grid
    change = evidence.relative_determinant.clamp(0.125, 8.0).log()
    change = change.clamp(min=0.0) if shrink_only else change.abs()
    likeness = local_ncc_squared_map(
        evidence.fixed, evidence.warped, radius_voxels=_radius(grid, window_mm)
    )
    mean = _OrganMean(evidence.organ, scale_mm, grid.spacing_mm)
    score: torch.Tensor = mean(change) * (1.0 - mean(likeness)).clamp(0.0, 1.0)
    return score


def _radius(grid: Grid, window_mm: float) -> tuple[int, int, int]:
    k, j, i = (max(1, round(window_mm / s)) for s in grid.spacing_mm)
    return (k, j, i)


class _OrganMean:
    """Gaussian means that see only the organ."""

    def __init__(self, organ: torch.Tensor, scale_mm: float, spacing_mm: Triple) -> None:
        k, j, i = (scale_mm / s for s in spacing_mm)
        self.sigma = (k, j, i)
        self.organ = organ
        self.share = gaussian_smooth(organ, self.sigma).clamp_(min=1e-3)

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        return gaussian_smooth(x * self.organ, self.sigma).div_(self.share)
