"""A small head at two dates, and quick settings."""

import math

import numpy as np
import torch

from vpreg.fields.affine import follow_by_affine
from vpreg.fields.warp import warp
from vpreg.recipes.inputs import Inputs
from vpreg.recipes.settings import Settings, VolumeSettings
from vpreg.solvers.pair_settings import PairSettings
from vpreg.synthetic.head import make_head_pair
from vpreg.synthetic.head_settings import HeadSettings

HEAD = HeadSettings(
    shape=(36, 44, 36), spacing_mm=4.8, moving_tumor_ml=14.0, fixed_tumor_ml=28.0, noise=0.01
)


def head_pair():
    return make_head_pair(HEAD, seed=1)


def quick(**rest):
    return Settings(
        preset="brain-mr",
        device="cpu",
        similarity=PairSettings(iterations=(20, 12, 5)),
        volume=VolumeSettings(
            solver=PairSettings(factors=(2, 1), field_factors=(1.0, 1.5), iterations=(8, 5))
        ),
        **rest,
    )


def some_affine():
    """Make a map with a determinant of 1.05 that is near the motion of the heads."""
    matrix = np.eye(4)
    angle = math.radians(2.0)
    matrix[:2, :2] = [[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]
    matrix[:3, :3] *= 1.05 ** (1 / 3)
    matrix[:3, 3] = (-2.0, 1.0, 0.5)
    return matrix


def brains(pair, **rest):
    given = {
        "fixed": pair.fixed,
        "moving": pair.moving,
        "organ": pair.moving_organ,
        "fixed_organ": pair.fixed_organ,
        "affine_lps": some_affine(),
    }
    return Inputs(**(given | rest))


def pulled(result, alignment, image):
    """Look up each fixed point x at A(x + u(x))."""
    to_image = follow_by_affine(alignment.u, result.affine_lps, result.fixed.grid, image.grid)
    return warp(image.voxels.to(torch.float32), to_image)


def soft_stsr(alignment):
    (lesion,) = alignment["tumor"]["stsr"]["lesions"]
    return lesion["stsr_soft"]
