"""How much a similarity-only registration had to force tissue."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.filters.gaussian import gaussian_smooth
from vpreg.images.grid import Grid, Triple
from vpreg.similarity.local_ncc_map import local_ncc_squared_map

SMALLEST, LARGEST = 0.125, 8.0
"""Changes beyond these count as these: a fold is no larger a change than a tight squeeze."""


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
    matched ventricles or noise (docs/adr/0006). Means are over `scale_mm` (sigma) in the organ, and
    count tissue by its size where it is large: squeezed tissue as in the moving scan, stretched
    tissue as in the fixed one.
    """
    change = _log_change(evidence)
    likeness = _likeness(evidence, window_mm)
    before = evidence.organ * evidence.relative_determinant.clamp(SMALLEST, LARGEST)
    squeezed = _forced(change.clamp(min=0.0), likeness, before, evidence.grid, scale_mm)
    if shrink_only:
        return squeezed
    stretched = _forced((-change).clamp(min=0.0), likeness, evidence.organ, evidence.grid, scale_mm)
    return torch.maximum(squeezed, stretched)


def doubt_score(evidence: Evidence, *, scale_mm: float, window_mm: float) -> torch.Tensor:
    """Return the same product for changes of either sign, all tissue counted by its size now.

    It is less particular than `mismatch_score`: it sees small changes of a tumor between two dates,
    and much else.
    """
    change, likeness = _log_change(evidence).abs(), _likeness(evidence, window_mm)
    return _forced(change, likeness, evidence.organ, evidence.grid, scale_mm)


def size_change(evidence: Evidence, *, scale_mm: float) -> torch.Tensor:
    """Return how many times smaller tissue became, as a factor; below 1 it became larger."""
    mean = _OrganMean(evidence.organ, scale_mm, evidence.grid.spacing_mm)
    factor: torch.Tensor = mean(_log_change(evidence)).exp_()
    return factor


def unlikeness(evidence: Evidence, *, scale_mm: float, window_mm: float) -> torch.Tensor:
    """Return how unlike the images stayed, 0 to 1, as a mean over the organ near each voxel."""
    mean = _OrganMean(evidence.organ, scale_mm, evidence.grid.spacing_mm)
    return (1.0 - mean(_likeness(evidence, window_mm))).clamp(0.0, 1.0)


def _log_change(evidence: Evidence) -> torch.Tensor:
    return evidence.relative_determinant.clamp(SMALLEST, LARGEST).log()


def _likeness(evidence: Evidence, window_mm: float) -> torch.Tensor:
    radius = _radius(evidence.grid, window_mm)
    return local_ncc_squared_map(evidence.fixed, evidence.warped, radius_voxels=radius)


def _forced(
    change: torch.Tensor, likeness: torch.Tensor, mass: torch.Tensor, grid: Grid, scale_mm: float
) -> torch.Tensor:
    mean = _OrganMean(mass, scale_mm, grid.spacing_mm)
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
