"""Let autograd use a term."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import torch

from vpreg.regularity.term import RegularityTerm
from vpreg.similarity.term import SimilarityTerm

Loss = Callable[..., torch.Tensor]


def as_loss(term: SimilarityTerm | RegularityTerm) -> Loss:
    """Wrap a term as `loss(x, weight=None)`, differentiable once with respect to `x`.

    `x` is the warped image, or the field for a term of `vpreg.regularity`. A loss of zero for want
    of a mask still hangs in the graph (T21).
    """

    def loss(x: torch.Tensor, weight: torch.Tensor | None = None) -> torch.Tensor:
        return cast("torch.Tensor", _TermLoss.apply(x, weight, term))  # type: ignore[no-untyped-call]

    return loss


class _TermLoss(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: torch.autograd.function.FunctionCtx,
        x: torch.Tensor,
        weight: torch.Tensor | None,
        term: SimilarityTerm | RegularityTerm,
    ) -> torch.Tensor:
        # The terms that know no weight (those on the whole field) are called without one.
        masked = {} if weight is None else {"weight": weight.detach()}
        value, gradient = term.value_and_gradient(x.detach(), **masked)
        ctx.save_for_backward(gradient)
        return value

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(
        ctx: torch.autograd.function.FunctionCtx, grad_output: torch.Tensor
    ) -> tuple[torch.Tensor, None, None]:
        (gradient,) = ctx.saved_tensors  # type: ignore[attr-defined]
        return gradient * grad_output, None, None
