"""Let autograd use a term."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import torch

from vpreg.similarity.term import SimilarityTerm

Loss = Callable[..., torch.Tensor]


def as_loss(term: SimilarityTerm) -> Loss:
    """Wrap a term as `loss(warped, weight=None)`, differentiable once with respect to `warped`."""

    def loss(warped: torch.Tensor, weight: torch.Tensor | None = None) -> torch.Tensor:
        return cast("torch.Tensor", _TermLoss.apply(warped, weight, term))  # type: ignore[no-untyped-call]

    return loss


class _TermLoss(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: torch.autograd.function.FunctionCtx,
        warped: torch.Tensor,
        weight: torch.Tensor | None,
        term: SimilarityTerm,
    ) -> torch.Tensor:
        value, gradient = term.value_and_gradient(
            warped.detach(), weight=None if weight is None else weight.detach()
        )
        ctx.save_for_backward(gradient)
        return value

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(
        ctx: torch.autograd.function.FunctionCtx, grad_output: torch.Tensor
    ) -> tuple[torch.Tensor, None, None]:
        (gradient,) = ctx.saved_tensors  # type: ignore[attr-defined]
        return gradient * grad_output, None, None
