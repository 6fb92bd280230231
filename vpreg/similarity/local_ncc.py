"""Normalised cross-correlation in a window around every voxel."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

import torch

from vpreg.filters.box import box_sum
from vpreg.similarity.local_moments import FixedMoments, fixed_moments, not_zero
from vpreg.similarity.term import check_like_fixed


class NccForm(Enum):
    """Whether an inverted contrast counts as alike (SQUARED) or as the opposite (SIGNED)."""

    SQUARED = "squared"
    SIGNED = "signed"


class LocalNcc:
    """One minus the mean local correlation: 0 where the images agree up to local a·I + b.

    A window is the box of `radius_voxels` around a voxel, cut at the border. With a weight the
    moments of each window are those of what the weight lets through (normalised convolution),
    windows count as their centre does, and those with less than `least_share` of their voxels in
    sight do not count (methods §4, T19). `flat_share` is the variance, as a share of the image's,
    that is added to each window so that noise on flat ground counts little.

    Working memory is kept between calls, so one term serves one thread.
    """

    def __init__(
        self,
        fixed: torch.Tensor,
        *,
        radius_voxels: int | Sequence[int] = 3,
        form: NccForm = NccForm.SQUARED,
        flat_share: float = 1e-4,
        least_share: float = 0.1,
    ) -> None:
        self.fixed = fixed.detach().contiguous()
        self.radius_voxels = radius_voxels
        self.form = form
        self.flat_share = flat_share
        self.least_share = least_share
        self._moments: FixedMoments | None = None
        self._buffers = torch.empty(0)

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
        fixed = self._moments_for(weight)
        if fixed.windows == 0:
            return warped.new_zeros(()), gradient.zero_()
        w, a, b, c, t = self._work()
        flat = self._centre(warped, fixed, w, t)
        self._window_moments(fixed, flat, (w, a, b, c, t))
        total = self._slopes(fixed, (a, b, c, t))
        self._spread(fixed, (w, a, b, c, t), gradient)
        return 1.0 - total / fixed.windows, gradient

    def _moments_for(self, weight: torch.Tensor | None) -> FixedMoments:
        if self._moments is None or not self._moments.holds_for(weight):
            self._moments = fixed_moments(
                self.fixed,
                weight,
                radius_voxels=self.radius_voxels,
                flat_share=self.flat_share,
                least_share=self.least_share,
                signed=self.form is NccForm.SIGNED,
            )
        return self._moments

    def _work(self) -> tuple[torch.Tensor, ...]:
        if self._buffers.numel() == 0:
            self._buffers = self.fixed.new_empty((5, *self.fixed.shape))
        return self._buffers.unbind(0)

    def _centre(
        self, warped: torch.Tensor, fixed: FixedMoments, w: torch.Tensor, t: torch.Tensor
    ) -> torch.Tensor:
        """Put the centred image into `w`, its square into `t`; return the added variance.

        Centring changes nothing in exact arithmetic; in float32 it keeps the variances of windows
        from drowning in the squares of their means.
        """
        torch.sub(warped, fixed.mean_of(warped, t), out=w)
        torch.mul(w, w, out=t)
        if fixed.weight is not None:
            t.mul_(fixed.weight)
        return not_zero(t.sum() * (self.flat_share / fixed.mass))

    def _window_moments(
        self, fixed: FixedMoments, flat: torch.Tensor, buffers: tuple[torch.Tensor, ...]
    ) -> None:
        """From w and t = weight·w²: the covariance into c, the variance into b, the mean into t."""
        w, a, b, c, t = buffers
        box_sum(t, self.radius_voxels, out=b, scratch=t)
        torch.mul(w, fixed.centred, out=t)
        box_sum(t, self.radius_voxels, out=c, scratch=t)
        if fixed.weight is not None:
            w.mul_(fixed.weight)
        box_sum(w, self.radius_voxels, out=a, scratch=t)
        torch.mul(a, fixed.inverse_count, out=t)
        c.addcmul_(fixed.window_sum, t, value=-1.0)
        b.addcmul_(a, t, value=-1.0).clamp_(min=0.0)
        b.addcmul_(fixed.count, flat)

    def _slopes(self, fixed: FixedMoments, buffers: tuple[torch.Tensor, ...]) -> torch.Tensor:
        """Turn moments into the slopes a (of covariance), c (of variance) and b (of means).

        Returns the sum of the correlations of all windows. Common factors come in `_spread`.
        """
        a, b, c, t = buffers
        if self.form is NccForm.SQUARED:
            torch.mul(c, fixed.inverse_variance, out=a).div_(b)
        else:
            torch.rsqrt(b, out=a).mul_(fixed.inverse_variance)
        if fixed.window_weight is not None:
            a.mul_(fixed.window_weight)
        c.mul_(a)
        total = c.sum()
        c.div_(b)
        torch.mul(a, fixed.window_mean, out=b).addcmul_(c, t, value=-1.0)
        return total

    def _spread(
        self, fixed: FixedMoments, buffers: tuple[torch.Tensor, ...], gradient: torch.Tensor
    ) -> None:
        """Carry the slopes of each window to its voxels: the adjoint of the box sums."""
        w, a, b, c, t = buffers
        scale = (2.0 if self.form is NccForm.SQUARED else 1.0) / fixed.windows
        # The added variance is a share of the image's own, so it has a slope as well.
        flat_slope = torch.dot(c.view(-1), fixed.count.reshape(-1)) * (self.flat_share / fixed.mass)
        box_sum(b, self.radius_voxels, out=gradient, scratch=b)
        box_sum(a, self.radius_voxels, out=t, scratch=a)
        box_sum(c, self.radius_voxels, out=b, scratch=c)
        if fixed.weight is not None:
            gradient.mul_(fixed.weight)
        gradient.addcmul_(w, b.add_(flat_slope))
        gradient.addcmul_(fixed.centred, t, value=-1.0).mul_(scale)
