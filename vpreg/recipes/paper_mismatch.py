"""The soft tumor mask between the stages, as published (methods §2.3, one flow)."""

from __future__ import annotations

import torch

from vpreg.fields.determinant import determinant_of_planes
from vpreg.fields.invert import invert
from vpreg.fields.warp import warp
from vpreg.masks.paper_mask import (
    LARGEST_CHANGE,
    paper_mask_without_floor,
    paper_size_map,
    paper_soft_mask,
)
from vpreg.recipes.find_mismatch import Mismatch
from vpreg.recipes.prepare import Prepared
from vpreg.recipes.settings import Mode
from vpreg.regularity.stencils import DeterminantStencil, jacobian_planes
from vpreg.solvers.published_loss import hard_ratio


def find_paper_mismatch(prepared: Prepared, u: torch.Tensor, *, mode: Mode) -> Mismatch:
    """Return what stage 1 shrank beyond the organ (or stretched, for a follow-up: T5).

    A true inverse takes it to the moving scan, where the published code registers once more.
    """
    organ = warp(prepared.moving_organ, u)
    ratio = hard_ratio(prepared.moving_organ, u)
    size = _size_map(u, organ, ratio, mode)
    moving_size = warp(size, invert(u).u)
    return Mismatch(
        fixed_mask=paper_soft_mask(size, organ),
        moving_mask=paper_soft_mask(moving_size, prepared.moving_organ),
        organ_ratio=ratio,
    )


def mask_as_in_training(prepared: Prepared, u: torch.Tensor, *, mode: Mode) -> torch.Tensor:
    """Return the mask in the moving scan that networks of ours were trained with."""
    organ = warp(prepared.moving_organ, u)
    size = _size_map(u, organ, hard_ratio(prepared.moving_organ, u), mode)
    return paper_mask_without_floor(warp(size, invert(u).u), prepared.moving_organ)


def _size_map(u: torch.Tensor, organ: torch.Tensor, ratio: float, mode: Mode) -> torch.Tensor:
    shrink_only = mode is Mode.ATLAS
    return paper_size_map(backward_determinant(u), organ, ratio, shrink_only=shrink_only)


def backward_determinant(u: torch.Tensor) -> torch.Tensor:
    """Return |det J| by backward differences, bounded, then resized to the grid of the field."""
    # The stencil's differences lie between voxels: one fewer along each axis.
    planes = jacobian_planes(u, DeterminantStencil.BACKWARD)
    bounded = determinant_of_planes(planes).abs().clamp(1 / LARGEST_CHANGE, LARGEST_CHANGE)
    return torch.nn.functional.interpolate(
        bounded[None, None], size=list(u.shape[1:]), mode="trilinear", align_corners=False
    )[0, 0]
