"""Compare thick slices with what they would have seen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import torch

from vpreg.filters.banded import apply_along
from vpreg.images.grid import Triple
from vpreg.similarity.term import SimilarityTerm
from vpreg.solvers.level import Level
from vpreg.solvers.objective import SliceProfile

SPREAD = 0.36
"""How far the force of a slice reaches (sigma), as a share of the way to the next one: between
two slices nothing pulls, and the field has to follow those on either side."""


@dataclass(frozen=True)
class SeenBySlices:
    """A term that blurs the warped image across the slices first, with the exact gradient."""

    term: SimilarityTerm
    matrix: torch.Tensor
    axis: int

    def value_and_gradient(
        self,
        warped: torch.Tensor,
        *,
        weight: torch.Tensor | None = None,
        out: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the loss and its gradient (see `SimilarityTerm`)."""
        matrix = self.matrix.to(warped)
        seen = apply_along(warped, matrix, self.axis)
        value, slope = self.term.value_and_gradient(seen, weight=weight)
        return value, apply_along(slope, matrix.T, self.axis, out=out)


def seen_by_slices(
    term: SimilarityTerm, profile: SliceProfile | None, level: Level
) -> SimilarityTerm:
    """Let a term see the warped image as the slices of the fixed scan would."""
    if profile is None:
        return term
    matrix = profile_matrix(
        level.image_shape[profile.axis],
        profile.thickness_mm / level.image_spacing_mm[profile.axis],
    )
    return SeenBySlices(term, matrix, profile.axis)


def force_reach_mm(profile: SliceProfile | None) -> Triple:
    """Return the least smoothing of the force along each axis."""
    k, j, i = (
        SPREAD * profile.spacing_mm if profile and axis == profile.axis else 0.0
        for axis in range(3)
    )
    return (k, j, i)


@lru_cache(maxsize=32)
def profile_matrix(n: int, thickness_voxels: float) -> torch.Tensor:
    """Build (n, n): the mean over a slab around each voxel, cut at the border.

    A voxel is a slab of its own; a slice that is no thicker sees it as it is.
    """
    with torch.inference_mode(mode=False):
        at = torch.arange(n, dtype=torch.float64)
        overlap = (max(thickness_voxels, 1.0) + 1) / 2 - (at[:, None] - at).abs()
        matrix = overlap.clamp(0.0, 1.0)
        return matrix / matrix.sum(1, keepdim=True)
