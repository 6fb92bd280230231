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

Pairs = tuple[tuple[int, int], ...]
Radius = int | tuple[int, int, int]


def pairs_within(across: int | None) -> Pairs:
    """Return the pairs that do not leave the planes across an axis, or all twelve."""
    return tuple(pair for pair in PAIRS if across not in {NEIGHBOURS[n][0] for n in pair})


@dataclass(frozen=True)
class PatchDistances:
    """Mean squared differences between patches of `radius` voxels at `dilation` voxels' distance.

    With a weight a difference counts by the product of the weights at its two ends, and the mean of
    a patch is that of what counts (normalised convolution).
    """

    radius: Radius
    dilation: int
    inverse_mass: torch.Tensor
    weights: list[torch.Tensor] | None = None
    pairs: Pairs = PAIRS

    def of(self, x: torch.Tensor, work: Workspace) -> torch.Tensor:
        """Write the distances of all pairs, (C, K, J, I), into `work.distances`."""
        for near, (axis, side) in zip(work.near, NEIGHBOURS, strict=True):
            shifted(x, axis, side * self.dilation, out=near)
        for c, (a, b) in enumerate(self.pairs):
            square = torch.sub(work.near[a], work.near[b], out=work.spare[0]).square_()
            self._weigh(square, a, b)
            box_sum(square, self.radius, out=work.distances[c], scratch=square)
            work.distances[c].mul_(self._inverse(c))
        return work.distances

    def adjoint(self, slopes: torch.Tensor, work: Workspace, *, out: torch.Tensor) -> torch.Tensor:
        """Carry slopes of the last distances, which are lost, to slopes of their image."""
        spread = work.spare[0]
        out.zero_()
        for c, (a, b) in enumerate(self.pairs):
            slopes[c].mul_(self._inverse(c))
            box_sum(slopes[c], self.radius, out=spread, scratch=slopes[c])
            self._weigh(spread, a, b)
            spread.mul_(torch.sub(work.near[a], work.near[b], out=work.spare[1]))
            for end, scale in ((a, 2.0), (b, -2.0)):
                axis, side = NEIGHBOURS[end]
                add_shifted_adjoint(spread, axis, side * self.dilation, onto=out, scale=scale)
        return out

    def _weigh(self, x: torch.Tensor, a: int, b: int) -> None:
        if self.weights is not None:
            x.mul_(self.weights[a]).mul_(self.weights[b])

    def _inverse(self, c: int) -> torch.Tensor:
        return self.inverse_mass if self.weights is None else self.inverse_mass[c]


@dataclass(frozen=True)
class Workspace:
    """Memory that is used again in every call: on a CPU fresh pages cost more than the work."""

    near: torch.Tensor
    spare: torch.Tensor
    distances: torch.Tensor
    descriptor: torch.Tensor


def workspace(like: torch.Tensor, pairs: Pairs = PAIRS) -> Workspace:
    """Take the memory for images of one shape."""
    near, spare = (like.new_empty((n, *like.shape)) for n in (len(NEIGHBOURS), 2))
    distances, descriptor = like.new_empty((2, len(pairs), *like.shape))
    return Workspace(near, spare, distances, descriptor)


def plain_distances(
    like: torch.Tensor, radius: Radius, dilation: int, pairs: Pairs = PAIRS
) -> PatchDistances:
    """Let every voxel count alike."""
    count = box_count(like.shape, radius, dtype=like.dtype, device=like.device)
    return PatchDistances(radius, dilation, 1.0 / count, pairs=pairs)


def weighted_distances(
    weight: torch.Tensor,
    radius: Radius,
    dilation: int,
    *,
    least_share: float,
    pairs: Pairs = PAIRS,
) -> tuple[PatchDistances, torch.Tensor]:
    """Let voxels count by their weight; also return where the patches of all pairs see enough.

    Enough is `least_share` of their voxels.
    """
    count = box_count(weight.shape, radius, dtype=weight.dtype, device=weight.device)
    ends = [shifted(weight, axis, side * dilation) for axis, side in NEIGHBOURS]
    mass = torch.stack([box_sum(ends[a] * ends[b], radius) for a, b in pairs])
    seen = (mass >= least_share * count).all(0)
    inverse = torch.where(seen, 1.0 / mass, 0.0)
    return PatchDistances(radius, dilation, inverse, ends, pairs), seen
