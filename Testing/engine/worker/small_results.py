"""A true result of a small known motion, without a registration."""

from __future__ import annotations

import math

import numpy as np
import torch

from vpreg.fields.affine import follow_by_affine
from vpreg.fields.folds import fold_mask
from vpreg.fields.invert import invert
from vpreg.fields.jacobian import jacobian_determinant
from vpreg.fields.sampling import voxel_coordinates
from vpreg.fields.warp import warp
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.recipes.inputs import Inputs
from vpreg.recipes.result import Alignment, Provenance, Result

SHAPE = (14, 16, 18)
GRID = Grid(SHAPE, spacing_mm=(3.0, 1.5, 1.0), origin_lps=(-20.0, 5.0, 40.0))
AFFINE = np.array([[1.02, 0.03, 0, 0.8], [-0.03, 1, 0.02, -0.5], [0, 0, 0.98, 1.1], [0, 0, 0, 1]])
MOVING_GRID = Grid((16, 18, 20), spacing_mm=(2.8, 1.4, 1.1), origin_lps=(-19.0, 4.0, 39.0))

FIGURES = {
    "final": {
        "field": {"folded_voxels": 0},
        "similarity_by_region": {"outside_mask": 0.9},
        "tumor": None,
        "unknown": math.nan,
    }
}


def blob(grid: Grid) -> Image:
    """Draw a smooth scan with structure everywhere."""
    k, j, i = voxel_coordinates(grid.shape)
    return Image(100 + 20 * torch.sin(k / 2) + 15 * torch.cos(j / 3) + 10 * torch.sin(i / 2), grid)


def bump(shape: tuple[int, int, int], *, size_voxels: float) -> torch.Tensor:
    """Make a smooth field that ends in zero at the border."""
    lines = [torch.sin(torch.arange(n) * math.pi / (n - 1)) for n in shape]
    hill = lines[0].view(-1, 1, 1) * lines[1].view(1, -1, 1) * lines[2]
    return torch.stack([size_voxels * hill, -size_voxels * hill, 0.5 * size_voxels * hill])


def alignment(inputs: Inputs, *, size_voxels: float) -> Alignment:
    """Lay the moving scan over the fixed one by a known field and a known affine."""
    grid = inputs.fixed.grid
    u = bump(grid.shape, size_voxels=size_voxels)
    whole = follow_by_affine(u, AFFINE, grid, inputs.moving.grid)
    determinant = jacobian_determinant(u) * float(np.linalg.det(AFFINE))
    return Alignment(
        u=u,
        inverse_u=invert(u).u,
        warped=Image(warp(inputs.moving.voxels, whole), grid),
        determinant=Image(determinant, grid),
        folds=Image(fold_mask(u), grid),
    )


def small_result(inputs: Inputs | None = None) -> Result:
    """Return a result with everything in it, NaN among the figures included."""
    inputs = inputs or Inputs(fixed=blob(GRID), moving=blob(MOVING_GRID))
    fixed, moving = inputs.fixed, inputs.moving
    return Result(
        fixed=fixed,
        moving=moving,
        affine_lps=AFFINE,
        final=alignment(inputs, size_voxels=0.8),
        similarity_only=alignment(inputs, size_voxels=1.2),
        soft_mask_fixed=fixed.with_voxels(torch.full(fixed.grid.shape, 0.25)),
        soft_mask_moving=moving.with_voxels(torch.full(moving.grid.shape, 0.25)),
        organ_fixed=fixed.with_voxels(torch.ones(fixed.grid.shape, dtype=torch.bool)),
        organ_moving=moving.with_voxels(torch.ones(moving.grid.shape, dtype=torch.bool)),
        figures=FIGURES,
        provenance=Provenance(
            version="0",
            recipe="volume-preserving",
            settings={},
            device="cpu",
            input_hashes={},
            seconds_by_stage={"affine": 0.1},
            warnings=["The scans look alike."],
        ),
    )
