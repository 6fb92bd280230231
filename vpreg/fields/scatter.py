"""A rough inverse made by sending every displacement back from where it points."""

from __future__ import annotations

import torch
import torch.nn.functional as functional

from vpreg.fields.sampling import axis_coordinates, shape_of


def scattered_inverse(u: torch.Tensor) -> torch.Tensor:
    """Average -u at the voxel nearest to each x + u(x), and fill gaps from coarser averages.

    About a voxel off where `u` is smooth, however steep it is: a start for a solver.
    """
    shape = shape_of(u)
    lines = axis_coordinates(shape, device=u.device, dtype=u.dtype)
    flat = torch.zeros(shape, device=u.device, dtype=torch.long)
    inside = torch.ones(shape, device=u.device, dtype=torch.bool)
    for a, n in enumerate(shape):
        index = (lines[a] + u[a]).round_()
        inside &= (index >= 0) & (index < n)
        flat = flat * n + index.clamp_(0, n - 1).long()
    chosen = inside.flatten()
    sums = torch.zeros((4, chosen.numel()), device=u.device, dtype=u.dtype)
    values = torch.cat([-u.reshape(3, -1), torch.ones_like(sums[:1])])[:, chosen]
    sums.index_add_(1, flat.flatten()[chosen], values)
    return _fill(sums.view(4, *shape))


def _fill(sums: torch.Tensor) -> torch.Tensor:
    """Divide the sums in channels 0-2 by the counts in channel 3, from coarser cells where 0."""
    count = sums[3:]
    mean = sums[:3] / count.clamp(min=1e-6)
    if bool((count > 0).all()) or max(shape_of(sums)) == 1:
        return mean
    coarse = functional.avg_pool3d(sums[None], 2, ceil_mode=True, count_include_pad=False)[0]
    filled = _fill(coarse)
    for a, n in enumerate(shape_of(sums)):
        filled = filled.repeat_interleave(2, dim=a + 1).narrow(a + 1, 0, n)
    return torch.where(count > 0, mean, filled)
