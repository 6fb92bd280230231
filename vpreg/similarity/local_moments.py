"""The moments of the fixed image in every window, for one weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from vpreg.filters.box import box_count, box_sum


@dataclass(frozen=True)
class FixedMoments:
    """All that a window needs to know of the fixed image. Tensors are (K, J, I).

    `centred` is weight·(fixed - mean); `window_sum` its box sum and `window_mean` that over
    `count`, the box sum of the weight. `inverse_variance` is 1 / (count·variance), its root for
    the signed form. `windows` is the sum of `window_weight`, `mass` that of `weight`.
    """

    weight: torch.Tensor | None
    version: int
    centred: torch.Tensor
    count: torch.Tensor
    inverse_count: torch.Tensor
    window_sum: torch.Tensor
    window_mean: torch.Tensor
    inverse_variance: torch.Tensor
    window_weight: torch.Tensor | None
    windows: float
    mass: float

    def holds_for(self, weight: torch.Tensor | None) -> bool:
        """Whether these were made for this very weight, unchanged since."""
        if weight is None or self.weight is None:
            return weight is self.weight
        return weight is self.weight and _version(weight) == self.version >= 0

    def mean_of(self, x: torch.Tensor, scratch: torch.Tensor) -> torch.Tensor:
        """Take the weighted mean of an image."""
        if self.weight is None:
            return x.mean()
        return torch.mul(x, self.weight, out=scratch).sum() / self.mass


def fixed_moments(
    fixed: torch.Tensor,
    weight: torch.Tensor | None,
    *,
    radius_voxels: int | Sequence[int],
    flat_share: float,
    least_share: float,
    signed: bool,
) -> FixedMoments:
    """Compute the moments of `fixed` in every window (see `LocalNcc` for the parameters)."""
    inside = box_count(fixed.shape, radius_voxels, dtype=fixed.dtype, device=fixed.device)
    count = inside if weight is None else box_sum(weight, radius_voxels)
    seen = None if weight is None else count >= least_share * inside
    mass = float(fixed.numel() if weight is None else weight.sum())
    counted = None if weight is None or seen is None else weight * seen
    windows = float(fixed.numel() if counted is None else counted.sum())
    # A window without voxels gets the count 1, so that it divides nothing by zero.
    divisor = count if seen is None else torch.where(seen, count, 1.0)
    mean = fixed.mean() if weight is None else (fixed * weight).sum() / max(mass, 1e-30)
    centred = fixed - mean
    weighted = centred if weight is None else centred * weight
    square = weighted * centred
    window_sum = box_sum(weighted, radius_voxels)
    window_mean = window_sum / divisor
    variance = (box_sum(square, radius_voxels) - window_sum * window_mean).clamp_(min=0.0)
    variance += divisor * not_zero(square.sum() * (flat_share / max(mass, 1e-30)))
    return FixedMoments(
        weight=weight,
        version=-1 if weight is None else _version(weight),
        centred=weighted,
        count=divisor,
        inverse_count=1.0 / divisor,
        window_sum=window_sum,
        window_mean=window_mean,
        inverse_variance=variance.rsqrt() if signed else 1.0 / variance,
        window_weight=counted,
        windows=windows,
        mass=mass,
    )


def not_zero(x: torch.Tensor) -> torch.Tensor:
    """Keep the variance of a constant image away from zero: it is divided by."""
    return x.clamp(min=1e-15)


def _version(weight: torch.Tensor) -> int:
    return -1 if weight.is_inference() else weight._version
