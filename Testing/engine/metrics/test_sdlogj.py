"""The standard deviation of the log determinant, ours and Learn2Reg's (T31)."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from Testing.engine.metrics.analytic_maps import bump, scaling, stretches
from vpreg.fields.folds import fold_mask
from vpreg.fields.jacobian import jacobian_determinant
from vpreg.metrics.learn2reg import learn2reg_sdlogj
from vpreg.metrics.sdlogj import sdlogj

SHAPE = (18, 17, 16)


def learn2reg_by_numpy(u):
    gradients = [np.gradient(component) for component in u.numpy()]
    jacobian = np.array([[gradients[c][a] + (c == a) for a in range(3)] for c in range(3)])
    det = np.linalg.det(np.moveaxis(jacobian, (0, 1), (-2, -1)))[2:-2, 2:-2, 2:-2]
    return np.std(np.log(np.clip(det + 3, 1e-9, 1e9)))


def test_a_uniform_scaling_has_no_spread():
    u = scaling(SHAPE, (8, 8, 8), 1.2)

    assert sdlogj(jacobian_determinant(u)).value == pytest.approx(0, abs=1e-12)
    assert learn2reg_sdlogj(u) == pytest.approx(0, abs=1e-12)


def test_half_shrunk_and_half_stretched_spread_by_the_log():
    determinant = torch.ones(SHAPE, dtype=torch.float64)
    determinant[:9], determinant[9:] = 2.0, 0.5

    spread = sdlogj(determinant)

    assert spread.value == pytest.approx(math.log(2))
    assert (spread.voxels, spread.excluded) == (determinant.numel(), 0)


def test_only_the_mask_counts():
    determinant = torch.ones(SHAPE)
    determinant[:9] = 5.0
    mask = torch.zeros(SHAPE)
    mask[9:] = 1

    assert sdlogj(determinant, mask=mask).value == 0
    assert sdlogj(determinant).value > 0.5


def test_folds_are_left_out_and_counted():
    u = stretches(SHAPE, [(0, 0), (8, 8), (10, 5), (18, 13)])
    determinant, folds = jacobian_determinant(u), fold_mask(u)

    spread = sdlogj(determinant, folds=folds)

    assert math.isfinite(spread.value)
    assert spread.excluded >= int((determinant <= 0).sum()) > 0
    assert spread.excluded + spread.voxels == determinant.numel()


def test_folds_that_central_differences_miss_are_left_out_too():
    u = torch.zeros(3, *SHAPE)
    u[0, ::2], u[0, 1::2] = 0.7, -0.7

    seen = sdlogj(jacobian_determinant(u)).excluded
    found = sdlogj(jacobian_determinant(u), folds=fold_mask(u)).excluded

    assert seen < found


def test_everything_folded_has_no_figure():
    assert math.isnan(sdlogj(-torch.ones(SHAPE)).value)


@pytest.mark.parametrize("height", [1.5, -2.5])
def test_learn2reg_figure_is_that_of_the_challenge(height):
    u = bump(SHAPE, (8, 8, 8), height=height, width=3)

    assert learn2reg_sdlogj(u) == pytest.approx(learn2reg_by_numpy(u), rel=1e-9)


def test_both_figures_differ_by_four_near_the_identity():
    u = bump(SHAPE, (8, 8, 8), height=0.02, width=3)
    inner = torch.zeros(SHAPE)
    inner[2:-2, 2:-2, 2:-2] = 1

    ours = sdlogj(jacobian_determinant(u), mask=inner).value

    assert ours / learn2reg_sdlogj(u) == pytest.approx(4, rel=0.05)


def test_learn2reg_figure_respects_a_mask_and_survives_an_empty_one():
    u = bump(SHAPE, (4, 8, 8), height=0.5, width=1.5)
    far = torch.zeros(SHAPE)
    far[12:] = 1

    assert learn2reg_sdlogj(u, mask=far) < 1e-3 < learn2reg_sdlogj(u)
    assert math.isnan(learn2reg_sdlogj(u, mask=torch.zeros(SHAPE)))
