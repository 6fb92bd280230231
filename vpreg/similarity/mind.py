"""MIND-SSC: compare how images resemble themselves."""

from __future__ import annotations

import torch

from vpreg.similarity.patch_distances import (
    PatchDistances,
    Radius,
    Workspace,
    pairs_within,
    plain_distances,
    weighted_distances,
    workspace,
)
from vpreg.similarity.term import check_like_fixed

LEAST_NOISE, MOST_NOISE = 1e-3, 1e3  # of the image's mean (methods §7.1)


class MindSsc:
    """The mean squared difference of the self-similarity descriptors (Heinrich 2013, methods §7.1).

    A descriptor has twelve channels in (0, 1] and does not change when intensities become a·I + b.
    `radius` and `dilation` are in voxels. With a weight, patches are compared where both are in
    sight, and a voxel with a patch of which less than `least_share` is does not count. `across`
    keeps patches and pairs inside the planes across that axis (four channels): of two slices of a
    sparse scan no patch sees both.

    Working memory (about 44 images) is kept between calls, so one term serves one thread.
    """

    def __init__(
        self,
        fixed: torch.Tensor,
        *,
        radius: int = 1,
        dilation: int = 2,
        least_share: float = 0.1,
        across: int | None = None,
    ) -> None:
        self.fixed = fixed.detach().contiguous()
        self.radius: Radius = radius
        if across is not None:
            k, j, i = (0 if axis == across else radius for axis in range(3))
            self.radius = (k, j, i)
        self.pairs = pairs_within(across)
        self.dilation = dilation
        self.least_share = least_share
        self._distances = plain_distances(self.fixed, self.radius, dilation, self.pairs)
        self._descriptor: torch.Tensor | None = None
        self._work: Workspace | None = None

    @torch.no_grad()
    def value_and_gradient(
        self,
        warped: torch.Tensor,
        *,
        weight: torch.Tensor | None = None,
        out: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the loss and its gradient (see `SimilarityTerm`)."""
        check_like_fixed(self.fixed, warped=warped, weight=weight, out=out)
        gradient = torch.empty_like(self.fixed) if out is None else out
        warped = warped.contiguous()
        work = self._memory()
        if weight is None:
            share = self._equal_share()
            return self._compare(warped, self._distances, share, self._fixed_descriptor(), gradient)
        distances, seen = weighted_distances(
            weight,
            self.radius,
            self.dilation,
            least_share=self.least_share,
            pairs=self.pairs,
        )
        voice = weight * seen
        mass = voice.sum()
        if mass == 0:
            return warped.new_zeros(()), gradient.zero_()
        share = voice.div_(mass)
        describe(distances.of(self.fixed, work), share, out=work.descriptor)
        return self._compare(warped, distances, share, work.descriptor.clone(), gradient)

    def _memory(self) -> Workspace:
        if self._work is None:
            self._work = workspace(self.fixed, self.pairs)
        return self._work

    def _equal_share(self) -> torch.Tensor:
        return self.fixed.new_full((), 1.0 / self.fixed.numel()).expand(self.fixed.shape)

    def _fixed_descriptor(self) -> torch.Tensor:
        if self._descriptor is None:
            work = self._memory()
            self._descriptor = torch.empty_like(work.descriptor)
            distances = self._distances.of(self.fixed, work)
            describe(distances, self._equal_share(), out=self._descriptor)
        return self._descriptor

    def _compare(
        self,
        warped: torch.Tensor,
        distances: PatchDistances,
        share: torch.Tensor,
        target: torch.Tensor,
        gradient: torch.Tensor,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        work = self._memory()
        excess, slopes = distances.of(warped, work), work.descriptor
        noise, raw = describe(excess, share, out=slopes)
        coefficient = (share * (-2.0 / len(self.pairs))).div_(noise)
        squares, noise_slope = torch.zeros_like(warped), torch.zeros_like(warped)
        # Channel by channel the descriptor turns into the slope of the distance.
        for c in range(len(self.pairs)):
            difference = torch.sub(slopes[c], target[c], out=work.spare[0])
            squares.addcmul_(difference, difference)
            slopes[c].mul_(difference).mul_(coefficient)
            noise_slope.addcmul_(slopes[c], excess[c], value=-1.0)
        noise_slope.div_(noise)
        slopes.add_(_raw_noise_slope(noise_slope, raw, share).div_(len(self.pairs)))
        _take_off_least(slopes, excess)
        value = squares.mul_(share).sum() / len(self.pairs)
        return value, distances.adjoint(slopes, work, out=gradient)


def mind_descriptor(image: torch.Tensor, *, radius: int = 1, dilation: int = 2) -> torch.Tensor:
    """Return the twelve channels (12, K, J, I) of an image, each in (0, 1]."""
    work = workspace(image)
    distances = plain_distances(image, radius, dilation).of(image.contiguous(), work)
    share = image.new_full((), 1.0 / image.numel()).expand(image.shape)
    describe(distances, share, out=work.descriptor)
    return work.descriptor


def describe(
    distances: torch.Tensor, share: torch.Tensor, *, out: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Write the descriptors of distances (12, K, J, I) into `out`.

    The least of the twelve is taken off the distances in place. Returns the mean of what remains,
    clamped to the image's own mean, and that mean as it was. `share` (K, J, I) sums to one.
    """
    distances.sub_(distances.amin(0))
    raw = distances.mean(0)
    average = (raw * share).sum().clamp(min=1e-30)
    noise = raw.clamp(LEAST_NOISE * average, MOST_NOISE * average)
    torch.div(distances, noise, out=out).neg_().exp_()
    return noise, raw


def _raw_noise_slope(slope: torch.Tensor, raw: torch.Tensor, share: torch.Tensor) -> torch.Tensor:
    """Carry the slope of the clamped noise to the noise, also through the bounds of the clamp."""
    average = (raw * share).sum()
    low, high = raw < LEAST_NOISE * average, raw > MOST_NOISE * average
    through = LEAST_NOISE * (slope * low).sum() + MOST_NOISE * (slope * high).sum()
    return slope.masked_fill_(low | high, 0.0).add_(share * through)


def _take_off_least(slopes: torch.Tensor, excess: torch.Tensor) -> None:
    """Give the channel that was taken off all twelve (the first whose excess is 0) its slope."""
    total = slopes.sum(0)
    for slope, above in zip(slopes, excess, strict=True):
        least = above == 0
        slope.addcmul_(total, least.to(total.dtype), value=-1.0)
        total.masked_fill_(least, 0.0)
