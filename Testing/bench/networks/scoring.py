"""What a field made of a test case."""

from __future__ import annotations

import math
from typing import Any

import torch

from networks.cases import HeldOutCase
from networks.methods import Laid
from vpreg.fields.warp import warp
from vpreg.metrics.ncc import mean_local_ncc_squared
from vpreg.metrics.stsr import LesionState, measure_stsr
from vpreg.training.loss.organ import home_image_grid
from vpreg.training.loss.pair_figures import field_figures

_REACH_VOXELS = 4
"""How far the windows of the correlation see."""


@torch.no_grad()
def score(laid: Laid, case: HeldOutCase) -> dict[str, Any]:
    """Return the figures of a row; `stsr` has one for each lesion in view, inf where it is gone."""
    figures = field_figures(laid.u, case.pair, home=case.home)
    return {
        "stsr": lesion_sizes(laid, case),
        "dice": figures.dice,
        "fold_share": figures.fold_share,
        "similarity": similarity_outside(laid, case),
        "seconds": laid.seconds,
    }


def lesion_sizes(laid: Laid, case: HeldOutCase) -> list[float]:
    """Return the soft STSR of each lesion: 1 where it kept its size."""
    pair = case.pair
    if pair.moving_tumor is None or pair.moving_organ is None:
        return []
    grid = home_image_grid(pair, case.home)
    report = measure_stsr(
        pair.moving_tumor[0, 0].long(),
        pair.moving_organ[0, 0] > 0.5,
        laid.u,
        fixed_grid=grid,
        moving_grid=grid,
    )
    seen = [one for one in report.lesions if one.state is not LesionState.OUT_OF_VIEW]
    return [one.stsr_soft for one in seen]


def similarity_outside(laid: Laid, case: HeldOutCase) -> float:
    """Return the mean squared correlation of windows in the brain that no lesion reaches."""
    pair = case.pair
    if pair.moving_tumor is None or pair.fixed_organ is None:
        return math.nan
    lesion = warp((pair.moving_tumor[0, 0] > 0).float(), laid.u) > 0.01
    window = 2 * _REACH_VOXELS + 1
    near = torch.nn.functional.max_pool3d(
        lesion.float()[None, None], window, stride=1, padding=_REACH_VOXELS
    )[0, 0]
    outside = (pair.fixed_organ[0, 0] > 0.5) & (near == 0)
    warped = warp(pair.moving[0, 0], laid.u)
    return mean_local_ncc_squared(pair.fixed[0, 0], warped, mask=outside)
