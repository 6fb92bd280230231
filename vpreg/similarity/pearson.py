"""One correlation coefficient for the whole image."""

from __future__ import annotations

import torch

from vpreg.similarity.term import check_like_fixed


class GlobalPearson:
    """One minus the correlation of all voxels: 0 where the images agree up to a·I + b, a > 0.

    With a weight the means, variances and the covariance are all weighted, so this stays a
    correlation (methods §4, T17). Where either image is constant the loss is 1, without a slope.
    """

    def __init__(self, fixed: torch.Tensor) -> None:
        self.fixed = fixed.detach().contiguous()

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
        share = None if weight is None else weight / weight.sum()
        f = self.fixed - _mean(self.fixed, share)
        w = torch.sub(warped, _mean(warped, share), out=gradient)
        f_share = f / f.numel() if share is None else f * share
        w_share = w / w.numel() if share is None else w * share
        f_variance, w_variance = (f * f_share).sum(), (w * w_share).sum()
        # Rounding leaves a constant image a trace of variance, which must not be divided by.
        trace = torch.finfo(f.dtype).eps ** 2
        alive = (f_variance > trace * _square(self.fixed, share)) & (
            w_variance > trace * _square(warped, share)
        )
        scale = torch.where(alive, (f_variance * w_variance).rsqrt(), 0.0)
        correlation = (f * w_share).sum() * scale
        slope = torch.where(alive, correlation / w_variance, 0.0)
        torch.mul(w_share, slope, out=gradient).sub_(f_share.mul_(scale))
        return 1.0 - correlation, gradient


def _mean(x: torch.Tensor, share: torch.Tensor | None) -> torch.Tensor:
    return x.mean() if share is None else (x * share).sum()


def _square(x: torch.Tensor, share: torch.Tensor | None) -> torch.Tensor:
    return x.square().mean() if share is None else (x.square() * share).sum()
