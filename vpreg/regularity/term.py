"""What every regularity term can do."""

from __future__ import annotations

from typing import Protocol

import torch


class RegularityTerm(Protocol):
    """A penalty on a displacement field."""

    def value_and_gradient(
        self, u: torch.Tensor, *, out: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the penalty (0-dim, a mean over voxels) and its exact gradient, like `u`.

        `u` (3, K, J, I) is in voxels. `out` (like `u`, contiguous) receives the gradient instead of
        a fresh tensor. Terms that act inside a mask take `weight` (K, J, I) in [0, 1] as well, in
        fixed space (T4), as a constant.
        """
        ...


def check_field(u: torch.Tensor, weight: torch.Tensor | None = None) -> None:
    """Raise unless `u` is (3, K, J, I) and the weight lies on its grid."""
    if u.ndim != 4 or u.shape[0] != 3:
        msg = f"Give a displacement field of shape (3, K, J, I): this one is {tuple(u.shape)}."
        raise ValueError(msg)
    if weight is not None and weight.shape != u.shape[1:]:
        msg = (
            f"Give a weight on the grid of the field, {tuple(u.shape[1:])}: it is "
            f"{tuple(weight.shape)}."
        )
        raise ValueError(msg)


def check_spacing(spacing_mm: tuple[float, float, float]) -> None:
    """Raise unless there are three spacings above zero."""
    if len(spacing_mm) != 3 or not all(s > 0 for s in spacing_mm):
        msg = f"Give three spacings above zero, in millimetres: {spacing_mm} are not."
        raise ValueError(msg)
