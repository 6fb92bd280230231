"""Mutual information of two images."""

from __future__ import annotations

from collections.abc import Iterator

import torch

from vpreg.similarity.spline_bins import TAPS, bin_coordinates, spline_slopes, spline_weights
from vpreg.similarity.term import check_like_fixed

VOXELS_AT_ONCE = 1 << 19  # so many voxels and their bins stay in the cache


class MutualInformation:
    """Minus the mutual information, in nats (Mattes 2003: cubic B-spline bins).

    `warped_range` holds the intensities that the bins of the warped image span; without one, the
    range of the fixed image. Give that of the moving image where the two differ in scale. It stays
    as it is, so that the gradient is exact; intensities beyond it count as the bound. With a weight
    each voxel enters the joint histogram by it (methods §4).
    """

    def __init__(
        self,
        fixed: torch.Tensor,
        *,
        bins: int = 32,
        warped_range: tuple[float, float] | None = None,
    ) -> None:
        if bins < TAPS + 1:
            msg = f"Give at least {TAPS + 1} bins: {bins} are too few for a cubic spline."
            raise ValueError(msg)
        self.fixed = fixed.detach().contiguous()
        self.bins = bins
        low, high = (float(x) for x in self.fixed.aminmax())
        self.warped_range = (low, high) if warped_range is None else warped_range
        if not self.warped_range[0] < self.warped_range[1]:
            msg = f"Give a range that is not empty for the warped image: {self.warped_range} is."
            raise ValueError(msg)
        scale = bins / max(high - low, 1e-30)
        rows = ((self.fixed - low) * scale).long().clamp_(0, bins - 1)
        self._row_starts = rows.mul_(bins).view(-1)

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
        values = warped.reshape(-1)
        weights = None if weight is None else weight.reshape(-1)
        joint = self._joint_histogram(values, weights)
        mass = joint.sum()
        if mass == 0:
            return warped.new_zeros(()), gradient.zero_()
        joint /= mass
        of_warped, of_fixed = joint.sum(0), joint.sum(1)
        filled = joint > 0
        conditional = torch.where(filled, joint / of_warped, 1.0).log()
        information = (joint * conditional).sum() - torch.xlogy(of_fixed, of_fixed).sum()
        # The marginal of the fixed image does not depend on the warped one, and a bin without
        # voxels has no voxel to pull, so this is the whole slope of the joint histogram.
        table = (conditional / -mass).to(warped.dtype).view(-1)
        self._look_up(table, values, weights, gradient.view(-1))
        return (-information).to(warped.dtype), gradient

    def _joint_histogram(self, values: torch.Tensor, weights: torch.Tensor | None) -> torch.Tensor:
        # A bin of millions adds a voxel with an error of per cents in float32.
        dtype = torch.float32 if values.device.type == "mps" else torch.float64
        joint = torch.zeros(self.bins**2, dtype=dtype, device=values.device)
        for part in self._parts(values):
            first, t, _ = bin_coordinates(values[part].to(dtype), *self.warped_range, self.bins)
            first += self._row_starts[part]
            for tap, share in enumerate(spline_weights(t)):
                entry = share if weights is None else share * weights[part]
                joint += torch.bincount(first + tap, entry, minlength=self.bins**2)
        return joint.view(self.bins, self.bins)

    def _look_up(
        self,
        table: torch.Tensor,
        values: torch.Tensor,
        weights: torch.Tensor | None,
        gradient: torch.Tensor,
    ) -> None:
        low, high = self.warped_range
        for part in self._parts(values):
            first, t, inside = bin_coordinates(values[part], low, high, self.bins)
            first += self._row_starts[part]
            slope = inside.to(t.dtype).mul_((self.bins - 3) / (high - low))
            if weights is not None:
                slope.mul_(weights[part])
            total = torch.zeros_like(t)
            for tap, rise in enumerate(spline_slopes(t)):
                total.addcmul_(table[first + tap], rise)
            torch.mul(total, slope, out=gradient[part])

    def _parts(self, values: torch.Tensor) -> Iterator[slice]:
        step = VOXELS_AT_ONCE if values.device.type == "cpu" else max(1, values.numel())
        for start in range(0, values.numel(), step):
            yield slice(start, start + step)
