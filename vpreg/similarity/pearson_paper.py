"""The weighted correlation of the published method, as published."""

from __future__ import annotations

import torch

from vpreg.similarity.term import check_like_fixed

LEAST_VARIANCE = 1e-6


class PaperPearson:
    """One minus a correlation of which the weight enters the covariance alone (§2.4).

    Means and variances are those of the whole images, each variance plus 1e-6, so that this is no
    correlation where the weight hides much (T17): `GlobalPearson` is the form that stays one. Both
    are the same, up to the 1e-6, without a weight.
    """

    def __init__(self, fixed: torch.Tensor) -> None:
        self.fixed = fixed.detach().contiguous()
        self._centred = self.fixed - self.fixed.mean()
        self._variance = self._centred.square().mean() + LEAST_VARIANCE

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
        if weight is not None and not weight.any():
            return warped.new_zeros(()), gradient.zero_()
        seen = self._centred if weight is None else self._centred * weight / weight.mean()
        centred = warped - warped.mean()
        variance = centred.square().mean() + LEAST_VARIANCE
        norm = (self._variance * variance).sqrt()
        correlation = (seen * centred).mean() / norm
        # The mean of the warped image is part of the covariance: it has a slope as well.
        torch.sub(seen, seen.mean(), out=gradient).div_(norm)
        gradient.addcmul_(centred, correlation / variance, value=-1.0).div_(-warped.numel())
        return 1.0 - correlation, gradient
