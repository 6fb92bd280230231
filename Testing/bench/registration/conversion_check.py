"""Whether our reading of a peer's field warps as the peer does."""

from __future__ import annotations

import torch

from registration.peer_run import Found
from registration.preparation import Prepared
from vpreg.fields.affine import follow_by_affine
from vpreg.fields.sampling import shape_of
from vpreg.fields.warp import warp
from vpreg.metrics.field_of_view import sees_moving

# Greedy rounds its fields to tenths of a voxel, tools differ at the border: a wrong sign or axis
# is ten times this.
_TOLERANCE = 0.005


def conversion_gap(found: Found, prepared: Prepared) -> float:
    """Return the mean absolute gap of both warped images, a part of the range of the scan.

    Over voxels that differ from the background in either of them and look inside the scan: what
    lies beyond its border is zero to some tools and fades out for others.
    """
    case = prepared.case
    if found.warped_original:
        grids = case.fixed.grid, case.moving.grid
        source = case.moving.voxels
        field = follow_by_affine(found.u, prepared.affine_lps, *grids)
    else:
        source, field = prepared.moving_on_fixed, found.u
    ours = warp(source, field)
    low, high = torch.quantile(
        source.flatten()[:: _every(source)].float(), torch.tensor([0.01, 0.99])
    )
    seen = (ours - low).abs() + (found.warped - low).abs() > 0.02 * (high - low)
    seen &= sees_moving(field, shape_of(source))
    return float((ours - found.warped).abs()[seen].mean() / (high - low))


def conversion_warning(gap: float) -> str:
    """Return a sentence for a gap that is too large, or nothing."""
    if gap <= _TOLERANCE:
        return ""
    return f"its field and its image disagree by {100 * gap:.1f} % of the range"


def _every(source: torch.Tensor) -> int:
    return max(1, source.numel() // 1_000_000)
