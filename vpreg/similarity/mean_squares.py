"""The mean squared difference."""

from __future__ import annotations

from enum import Enum

import torch

from vpreg.similarity.term import check_like_fixed


class WeightForm(Enum):
    """How a weight is taken: as it is (SOFT), or 1 wherever it exceeds a threshold (SUPPORT)."""

    SOFT = "soft"
    SUPPORT = "support"


class MeanSquares:
    """The mean of (warped - fixed)².

    SUPPORT is the loss of SparseVM (their eq. 3, methods §4): the mean over the voxels whose weight
    exceeds `support_threshold`. SOFT is sum(w d²) / sum(w). Both are the plain mean for a weight
    of one.
    """

    def __init__(
        self,
        fixed: torch.Tensor,
        *,
        form: WeightForm = WeightForm.SOFT,
        support_threshold: float = 0.0,
    ) -> None:
        self.fixed = fixed.detach().contiguous()
        self.form = form
        self.support_threshold = support_threshold

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
        gradient = torch.sub(warped, self.fixed, out=out)
        if weight is None:
            value = torch.linalg.vector_norm(gradient).square() / gradient.numel()
            return value, gradient.mul_(2.0 / gradient.numel())
        if self.form is WeightForm.SUPPORT:
            weight = (weight > self.support_threshold).to(gradient.dtype)
        mass = weight.sum()
        if mass == 0:
            return warped.new_zeros(()), gradient.zero_()
        value = (gradient.square().mul_(weight)).sum() / mass
        return value, gradient.mul_(weight).mul_(2.0 / mass)
