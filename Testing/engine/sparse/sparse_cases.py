"""A phantom that moved, scanned in thick slices, and quick settings."""

from dataclasses import replace
from functools import cache

import numpy as np
import torch

from Testing.engine.solvers.pair_cases import swell
from Testing.engine.sparse.thick_scans import anatomy, thinned
from vpreg.fields.warp import warp
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.interpolation import Interpolation
from vpreg.recipes.sparse_inputs import SparseInputs
from vpreg.recipes.sparse_settings import SparseSettings, sparse_registration
from vpreg.solvers.pair_settings import PairSettings

SHAPE = (49, 40, 40)
EVERY, THICKNESS = 7, 5


@cache
def moved_phantom():
    """Return atlas, atlas labels, and the same moved by a known field, all in full."""
    texture = anatomy(SHAPE, seed=3)
    at = torch.stack(torch.meshgrid(*(torch.linspace(-1, 1, n) for n in SHAPE), indexing="ij"))
    body = torch.sigmoid(40 * (0.75 - at.square().sum(0).sqrt()))
    grid = Grid(SHAPE, (1.0, 1.0, 1.0), (7.0, -3.0, 2.0))
    atlas = Image((0.2 + texture.voxels) * body, grid)
    labels = Image(((atlas.voxels > 0.7).int() + 2 * (at[0] > 0) * (body > 0.5)).int(), grid)
    u = swell(SHAPE, (1.5, -2.5, 2.0))
    scan = Image(warp(atlas.voxels, u), grid)
    truth = warp(labels.voxels, u, interpolation=Interpolation.NEAREST)
    return atlas, labels, scan, Image(truth, grid), u


def thick_inputs(**rest):
    atlas, labels, scan, truth, _ = moved_phantom()
    given = {
        "atlas": atlas,
        "scan": thinned(scan, EVERY, THICKNESS),
        "atlas_labels": labels,
        "scan_labels": truth,
        "affine_lps": np.eye(4),
    }
    return SparseInputs(**(given | rest))


def quick(**rest):
    solver = PairSettings(
        factors=(2, 1), field_factors=(1.0, 1.5), iterations=(25, 12), window_radius_voxels=2
    )
    registration = replace(sparse_registration(), similarity=solver, preset="generic", device="cpu")
    return SparseSettings(**({"thickness_mm": 5.0, "registration": registration} | rest))


def error_voxels(result):
    """Return the mean distance of the field from the truth, inside the body."""
    *_, scan, _, u = moved_phantom()
    planes = Image(torch.zeros(result.fixed.grid.shape), result.fixed.grid)
    start = np.round(scan.grid.lps_to_voxel @ planes.grid.voxel_to_lps @ [0, 0, 0, 1]).astype(int)
    inside = tuple(slice(a + 4, a + n - 4) for a, n in zip(start, planes.grid.shape, strict=False))
    own = result.final.u[:, 4:-4, 4:-4, 4:-4]
    known = u[(slice(None), *inside)]
    body = scan.voxels[inside] > 0.15
    return float((own - known).square().sum(0).sqrt()[body].mean())
