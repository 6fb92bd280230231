"""Distances between the patches around a voxel's neighbours (the raw material of MIND-SSC)."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.filters.box import box_count, box_sum
from vpreg.similarity.shifts import add_shifted_adjoint, shifted

# The six neighbours as (axis, side), and the twelve pairs that lie on different axes: those are
# sqrt(2) dilations apart, the edges of an octahedron (methods §7.1).
NEIGHBOURS = tuple((axis, side) for axis in range(3) for side in (-1, 1))
PAIRS = tuple(
    (a, b) for a in range(6) for b in range(a + 1, 6) if NEIGHBOURS[a][0] != NEIGHBOURS[b][0]
)


@dataclass(frozen=True)
class PatchDistances:
    """Mean squared differences between patches of `radius` voxels at `dilation` voxels' distance.

    With a weight a difference counts by the product of the weights at its two ends, and the mean of
    a patch is that of what counts (normalised convolution).
    """

    shape: torch.Size
    radius: int
    dilation: int
    inverse_mass: torch.Tensor
    weights: list[torch.Tensor] | None = None

    def of(self, x: torch.Tensor) -> torch.Tensor:
        """Return the distances of all pairs as (12, K, J, I)."""
        near = self._neighbours(x)
        distances = x.new_empty((len(PAIRS), *x.shape))
        scratch = torch.empty_like(x)
        for c, (a, b) in enumerate(PAIRS):
            square = torch.sub(near[a], near[b]).square_()
            if self.weights is not None:
                square.mul_(self.weights[a]).mul_(self.weights[b])
            box_sum(square, self.radius, out=distances[c], scratch=scratch)
        return distances.mul_(self.inverse_mass)

    def adjoint(self, x: torch.Tensor, slopes: torch.Tensor, *, out: torch.Tensor) -> torch.Tensor:
        """Carry slopes of the distances (12, K, J, I), which are lost, to slopes of `x`."""
        near = self._neighbours(x)
        sums = x.new_zeros((len(NEIGHBOURS), *x.shape))
        spread, scratch = torch.empty_like(x), torch.empty_like(x)
        slopes.mul_(self.inverse_mass)
        for c, (a, b) in enumerate(PAIRS):
            box_sum(slopes[c], self.radius, out=spread, scratch=scratch)
            if self.weights is not None:
                spread.mul_(self.weights[a]).mul_(self.weights[b])
            spread.mul_(torch.sub(near[a], near[b], out=scratch))
            sums[a].add_(spread, alpha=2.0)
            sums[b].sub_(spread, alpha=2.0)
        out.zero_()
        for g, (axis, side) in zip(sums, NEIGHBOURS, strict=True):
            add_shifted_adjoint(g, axis, side * self.dilation, onto=out)
        return out

    def _neighbours(self, x: torch.Tensor) -> list[torch.Tensor]:
        return [shifted(x, axis, side * self.dilation) for axis, side in NEIGHBOURS]


def plain_distances(like: torch.Tensor, radius: int, dilation: int) -> PatchDistances:
    """Let every voxel count alike."""
    count = box_count(like.shape, radius, dtype=like.dtype, device=like.device)
    return PatchDistances(like.shape, radius, dilation, 1.0 / count)


def weighted_distances(
    weight: torch.Tensor, radius: int, dilation: int, *, least_share: float
) -> tuple[PatchDistances, torch.Tensor]:
    """Let voxels count by their weight; also return where all twelve patches see enough.

    Enough is `least_share` of their voxels.
    """
    count = box_count(weight.shape, radius, dtype=weight.dtype, device=weight.device)
    ends = [shifted(weight, axis, side * dilation) for axis, side in NEIGHBOURS]
    mass = torch.stack([box_sum(ends[a] * ends[b], radius) for a, b in PAIRS])
    seen = (mass >= least_share * count).all(0)
    inverse = torch.where(seen, 1.0 / mass, 0.0)
    return PatchDistances(weight.shape, radius, dilation, inverse, ends), seen
