"""Pull an image through a displacement field."""

from __future__ import annotations

import torch
import torch.nn.functional as functional

from vpreg.fields.sampling import Padding, axis_coordinates, check_field, sampling_grid, shape_of
from vpreg.fields.warp_labels import warp_labels
from vpreg.images.interpolation import Interpolation


def warp(
    voxels: torch.Tensor,
    u: torch.Tensor,
    *,
    interpolation: Interpolation = Interpolation.LINEAR,
    padding: Padding = Padding.ZEROS,
) -> torch.Tensor:
    """Return W(x) = M(x + u(x)) on the grid of `u`.

    `voxels` is (K, J, I) or (C, K, J, I) and may have another shape than the grid of `u`, whose
    displacements are then in voxels of `voxels`. Linear warps come back in the wider floating type
    of both inputs and carry gradients to both; the others keep the type of `voxels`.
    """
    check_field(u)
    if voxels.ndim not in (3, 4):
        msg = f"Give an image (K, J, I) or (C, K, J, I): this one is {tuple(voxels.shape)}."
        raise ValueError(msg)
    channels = voxels if voxels.ndim == 4 else voxels[None]
    if interpolation is Interpolation.LINEAR:
        warped = _linear(channels, u, padding)
    elif interpolation is Interpolation.NEAREST:
        warped = _nearest(channels, u, padding)
    else:
        warped = torch.stack([warp_labels(labels, u, padding=padding) for labels in channels])
    return warped if voxels.ndim == 4 else warped[0]


def _linear(channels: torch.Tensor, u: torch.Tensor, padding: Padding) -> torch.Tensor:
    dtype = torch.promote_types(channels.dtype, u.dtype)
    channels, u = channels.to(dtype), u.to(dtype)
    grid = sampling_grid(u, shape_of(channels))
    # torch's x is the last axis. Turning the image around as a view, instead of reversing the
    # channels of the grid in a copy, keeps the field's planes where they are.
    source = channels.permute(0, 3, 2, 1)[None]
    points = grid.permute(1, 2, 3, 0)[None]
    return functional.grid_sample(
        source, points, mode="bilinear", padding_mode=padding.value, align_corners=False
    )[0]


def _nearest(channels: torch.Tensor, u: torch.Tensor, padding: Padding) -> torch.Tensor:
    # Indexing keeps every type exact: labels above 2^24 would not survive a float sampler.
    shape = shape_of(channels)
    lines = axis_coordinates(shape_of(u), device=u.device, dtype=u.dtype)
    flat = torch.zeros(shape_of(u), device=u.device, dtype=torch.long)
    inside = torch.ones(shape_of(u), device=u.device, dtype=torch.bool)
    for a, n in enumerate(shape):
        index = (lines[a] + u[a].detach() + 0.5).floor()
        inside &= (index >= 0) & (index < n)
        flat.mul_(n).add_(index.clamp_(0, n - 1).long())
    warped = channels.flatten(1)[:, flat]
    return warped if padding is Padding.BORDER else warped.mul_(inside)
