"""Let a field fade out at the border of its grid."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch

from vpreg.fields.sampling import check_field, shape_of
from vpreg.filters.separable import triple


def taper_border(u: torch.Tensor, width_voxels: float | Sequence[float]) -> torch.Tensor:
    """Scale `u` by a raised cosine from 0 at the outermost voxels to 1 at `width_voxels` inside.

    `width_voxels` is one number or one for each array axis. Outside a grid ITK takes a zero
    displacement and VTK that of the edge; a field that ends in zero means the same to both.
    """
    check_field(u)
    out = u
    for a, (n, width) in enumerate(zip(shape_of(u), triple(width_voxels), strict=True)):
        if width < 0:
            msg = f"Give a border width of zero or more voxels: {width} was given."
            raise ValueError(msg)
        if width == 0:
            continue
        index = torch.arange(n, device=u.device, dtype=u.dtype)
        depth = torch.minimum(index, n - 1 - index).div(width).clamp(max=1)
        ramp = (1 - torch.cos(math.pi * depth)) / 2
        out = out * ramp.view([-1 if axis == a else 1 for axis in range(3)])
    return out
