"""Fields in torch's unit coordinates with reversed channels, as many networks make them."""

from __future__ import annotations

import torch

from vpreg.fields.sampling import Shape, check_field, shape_of


def from_unit_coordinates(
    u_unit: torch.Tensor,
    *,
    align_corners: bool,
    channels_last: bool = False,
    source_shape: Shape | None = None,
) -> torch.Tensor:
    """Turn a unit displacement with channel 0 along the LAST axis into voxels in axis order.

    `u_unit` is (3, K, J, I), or with `channels_last` (K, J, I, 3) as torch's sampling grids are.
    `source_shape` is that of the image it samples, when not the field's own. The two meanings of
    a unit differ by N/(N - 1), hence `align_corners` has to be said (T7, T8).
    """
    planes = u_unit.movedim(-1, 0) if channels_last else u_unit
    check_field(planes)
    factors = _voxels_per_unit(source_shape or shape_of(planes), align_corners=align_corners)
    return torch.stack([planes[2 - a] * factors[a] for a in range(3)])


def to_unit_coordinates(
    u: torch.Tensor, *, align_corners: bool, source_shape: Shape | None = None
) -> torch.Tensor:
    """Turn a field in voxels into unit displacements (3, K, J, I) in reversed channel order."""
    check_field(u)
    factors = _voxels_per_unit(source_shape or shape_of(u), align_corners=align_corners)
    return torch.stack([u[a] / factors[a] for a in (2, 1, 0)])


def _voxels_per_unit(shape: Shape, *, align_corners: bool) -> list[float]:
    return [(n - 1) / 2 if align_corners else n / 2 for n in shape]
