"""Chain two displacement fields."""

from __future__ import annotations

import torch

from vpreg.fields.sampling import Padding
from vpreg.fields.warp import warp


def compose(
    first: torch.Tensor, then: torch.Tensor, *, padding: Padding = Padding.BORDER
) -> torch.Tensor:
    """Return the field of `then` after `first`: first(x) + then(x + first(x)).

    Warping with the result equals warping with `then` and the outcome with `first`. The shapes may
    differ: `first` maps its grid into that of `then`. Outside its grid `then` keeps the
    displacement of its edge (VTK does so, ITK takes zero: `Padding.ZEROS`).
    """
    return warp(then, first, padding=padding).add(first)


def compose_inverses(inverse_of_first: torch.Tensor, inverse_of_then: torch.Tensor) -> torch.Tensor:
    """Return the inverse of compose(first, then), in which the order reverses (T13)."""
    return compose(inverse_of_then, inverse_of_first)
