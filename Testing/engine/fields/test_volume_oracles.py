import math

import pytest
import torch
from scipy.optimize import brentq

from vpreg.fields.jacobian import jacobian_determinant
from vpreg.fields.sampling import voxel_coordinates
from vpreg.fields.warp import warp


def soft_ball(size, radius):
    distance = (voxel_coordinates((size,) * 3, dtype=torch.float64) - (size - 1) / 2).norm(dim=0)
    return (radius - distance + 0.5).clamp(0, 1)


@pytest.mark.parametrize("k", [0.8, 1.25])
def test_a_scale_changes_volume_by_its_inverse_cube_and_det_times_ratio_is_one(k, linear_field):
    # O1; T2: the ratio multiplies, dividing would double the error.
    u = linear_field((44,) * 3, torch.eye(3) * k)
    ball = soft_ball(44, 12)

    ratio = float(warp(ball, u).sum() / ball.sum())

    det = jacobian_determinant(u)
    assert ratio == pytest.approx(k**-3, rel=0.01)
    torch.testing.assert_close(det * ratio, torch.ones_like(det), rtol=0.01, atol=0)


@pytest.mark.parametrize("a", [0.26, -0.206, 1.0])
def test_a_ball_under_a_bump_gets_the_radius_that_solves_its_equation(a, bump):
    # O2
    s, radius = 8.0, 10.0
    u, _ = bump(48, a, s)
    ball = soft_ball(48, radius)

    warped = warp(ball, u)

    rho = brentq(lambda r: r * (1 + a * math.exp(-(r**2) / (2 * s * s))) - radius, 0, 40)
    assert float(warped.sum()) == pytest.approx(4 / 3 * math.pi * rho**3, rel=0.015)
    assert float(warped.sum() / ball.sum()) == pytest.approx((rho / radius) ** 3, rel=0.015)


@pytest.mark.parametrize("a", [0.26, -0.206])
def test_the_mean_determinant_over_the_warped_mask_is_the_ratio_of_the_volumes(a, bump):
    # O7
    u, _ = bump(64, a, 12.0)
    ball = soft_ball(64, 20)

    warped = warp(ball, u)
    mean = float((jacobian_determinant(u) * warped).sum() / warped.sum())

    assert mean == pytest.approx(float(ball.sum() / warped.sum()), rel=0.01)


def test_rigid_motion_keeps_the_volume_of_a_ball(linear_field):
    # O3
    turn = [[0.8, -0.6, 0.0], [0.6, 0.8, 0.0], [0.0, 0.0, 1.0]]
    u = linear_field((32,) * 3, turn) + torch.tensor([0.3, -0.7, 1.4]).view(3, 1, 1, 1)
    ball = soft_ball(32, 8)

    assert float(warp(ball, u).sum()) == pytest.approx(float(ball.sum()), rel=0.003)
