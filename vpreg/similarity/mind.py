"""MIND-SSC: compare how images resemble themselves."""

from __future__ import annotations

import torch

from vpreg.similarity.patch_distances import (
    PAIRS,
    PatchDistances,
    plain_distances,
    weighted_distances,
)
from vpreg.similarity.term import check_like_fixed

LEAST_NOISE, MOST_NOISE = 1e-3, 1e3  # of the image's mean (methods §7.1)


class MindSsc:
    """The mean squared difference of the self-similarity descriptors (Heinrich 2013, methods §7.1).

    A descriptor has twelve channels in (0, 1] and does not change when intensities become a·I + b.
    `radius` and `dilation` are in voxels. With a weight, patches are compared where both are in
    sight, and a voxel with a patch of which less than `least_share` is does not count.
    """

    def __init__(
        self,
        fixed: torch.Tensor,
        *,
        radius: int = 1,
        dilation: int = 2,
        least_share: float = 0.1,
    ) -> None:
        self.fixed = fixed.detach().contiguous()
        self.radius = radius
        self.dilation = dilation
        self.least_share = least_share
        self._distances = plain_distances(self.fixed, radius, dilation)
        self._descriptor: torch.Tensor | None = None

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
        if weight is None:
            share = warped.new_full((), 1.0 / warped.numel()).expand(warped.shape)
            target = self._fixed_descriptor()
            return self._compare(warped, self._distances, share, target, gradient)
        distances, seen = weighted_distances(
            weight, self.radius, self.dilation, least_share=self.least_share
        )
        voice = weight * seen
        mass = voice.sum()
        if mass == 0:
            return warped.new_zeros(()), gradient.zero_()
        target = describe_distances(distances.of(self.fixed), voice / mass)[0]
        return self._compare(warped, distances, voice / mass, target, gradient)

    def _fixed_descriptor(self) -> torch.Tensor:
        if self._descriptor is None:
            share = self.fixed.new_full((), 1.0 / self.fixed.numel()).expand(self.fixed.shape)
            self._descriptor = describe_distances(self._distances.of(self.fixed), share)[0]
        return self._descriptor

    def _compare(
        self,
        warped: torch.Tensor,
        distances: PatchDistances,
        share: torch.Tensor,
        target: torch.Tensor,
        gradient: torch.Tensor,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        descriptor, excess, noise, raw = describe_distances(distances.of(warped), share)
        difference = descriptor - target
        value = (_channel_product(difference, difference) * share).sum() / len(PAIRS)
        # From here on `difference` turns step by step into the slopes of the distances.
        difference.mul_(descriptor).mul_(share * (-2.0 / len(PAIRS))).div_(noise)
        slopes = difference
        noise_slope = _channel_product(slopes, excess).neg_().div_(noise)
        slopes.add_(_raw_noise_slope(noise_slope, raw, share).div_(len(PAIRS)))
        # The least distance is taken off all twelve.
        least = excess.argmin(0, keepdim=True)
        slopes.scatter_add_(0, least, -slopes.sum(0, keepdim=True))
        return value, distances.adjoint(warped, slopes, out=gradient)


def describe_distances(
    distances: torch.Tensor, share: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Turn distances (12, K, J, I), which are lost, into descriptors.

    Returns the descriptor, the distances less the least of them, their mean clamped to the image's
    own mean, and that mean as it was. `share` (K, J, I) sums to one.
    """
    excess = distances.sub_(distances.amin(0))
    raw = excess.mean(0)
    average = (raw * share).sum().clamp(min=1e-30)
    noise = raw.clamp(LEAST_NOISE * average, MOST_NOISE * average)
    return torch.div(excess, noise).neg_().exp_(), excess, noise, raw


def _raw_noise_slope(slope: torch.Tensor, raw: torch.Tensor, share: torch.Tensor) -> torch.Tensor:
    """Carry the slope of the clamped noise to the noise, also through the bounds of the clamp."""
    average = (raw * share).sum()
    low, high = raw < LEAST_NOISE * average, raw > MOST_NOISE * average
    through = LEAST_NOISE * slope[low].sum() + MOST_NOISE * slope[high].sum()
    return slope.masked_fill(low | high, 0.0).add_(share * through)


def _channel_product(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Sum a·b over the first axis without a tensor of all products."""
    total = a[0] * b[0]
    for x, y in zip(a[1:], b[1:], strict=True):
        total.addcmul_(x, y)
    return total
