"""What every similarity term can do."""

from __future__ import annotations

from typing import Protocol

import torch


class SimilarityTerm(Protocol):
    """A loss between a fixed image, known at construction, and a warped one."""

    def value_and_gradient(
        self,
        warped: torch.Tensor,
        *,
        weight: torch.Tensor | None = None,
        out: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the loss (0-dim, lower is better) and its exact gradient, like `warped`.

        `warped` (K, J, I) lies on the fixed grid. `weight` (K, J, I) in [0, 1] says how much each
        fixed voxel counts; where it is 0 nothing of either image is seen, and where it is 0
        everywhere the loss and its gradient are 0. It is a constant: no gradient is taken for it.
        `out` (like `warped`, contiguous) receives the gradient instead of a fresh tensor.
        """
        ...


def check_like_fixed(fixed: torch.Tensor, **others: torch.Tensor | None) -> None:
    """Raise when a tensor has not the shape, dtype and device of the fixed image."""
    for name, other in others.items():
        if other is None:
            continue
        if (other.shape, other.dtype, other.device) != (fixed.shape, fixed.dtype, fixed.device):
            msg = (
                f"Give a {name} image like the fixed one, {describe(fixed)}: it is "
                f"{describe(other)}."
            )
            raise ValueError(msg)


def describe(x: torch.Tensor) -> str:
    """Say shape, dtype and device in a few words."""
    return f"{tuple(x.shape)} {str(x.dtype).removeprefix('torch.')} on {x.device}"
