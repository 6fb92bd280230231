"""Express a field on another grid over the same space."""

from __future__ import annotations

import numpy as np
import torch

from vpreg.fields.affine import affine_to_field, retarget_field
from vpreg.fields.compose import compose
from vpreg.images.grid import Grid


def carry_field(u: torch.Tensor, *, grid: Grid, new_grid: Grid) -> torch.Tensor:
    """Return the same map of space, in voxels of `new_grid` and on it.

    Both grids may be turned against each other. Beyond `grid` the displacement of its edge holds.
    """
    if grid == new_grid:
        return u
    across = affine_to_field(np.eye(4), new_grid, grid, device=u.device, dtype=u.dtype)
    return retarget_field(compose(across, u), moving_grid=grid, new_moving_grid=new_grid)
