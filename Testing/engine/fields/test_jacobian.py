import math

import numpy as np
import pytest
import torch

from vpreg.fields.affine import affine_to_field, retarget_field
from vpreg.fields.jacobian import determinant_in_mm, jacobian_determinant, jacobian_matrix
from vpreg.fields.sampling import voxel_coordinates
from vpreg.fields.warp import warp
from vpreg.images.grid import Grid

ROTATION = [[0.8, -0.6, 0.0], [0.6, 0.8, 0.0], [0.0, 0.0, 1.0]]
SHEAR = [[1.0, 0.7, -0.3], [0.0, 1.0, 0.4], [0.0, 0.0, 1.0]]


@pytest.mark.parametrize("k", [0.5, 0.8, 1.25, 2.0])
def test_a_scale_by_k_has_determinant_k_cubed_everywhere(k, linear_field):
    # O1, and T10: to the border, on the full grid.
    det = jacobian_determinant(linear_field((9, 10, 11), torch.eye(3) * k))

    torch.testing.assert_close(det, torch.full((9, 10, 11), k**3, dtype=torch.float64))


@pytest.mark.parametrize("matrix", [np.eye(3), ROTATION, SHEAR])
def test_translation_rotation_and_shear_have_determinant_one(matrix, linear_field):
    # O3
    u = linear_field((8, 9, 10), matrix) + torch.tensor([3.0, -2.0, 1.0]).view(3, 1, 1, 1)

    torch.testing.assert_close(jacobian_determinant(u), torch.ones(8, 9, 10, dtype=torch.float64))


@pytest.mark.parametrize("a", [0.26, -0.206, 1.5, -0.6])
def test_a_bump_has_the_determinant_of_its_closed_form(a, bump):
    # O2
    s = 10.0
    u, rho = bump(49, a, s)

    det = jacobian_determinant(u)

    e = torch.exp(-rho.square() / (2 * s * s))
    expected = (1 + a * e).square() * (1 + a * e * (1 - rho.square() / s**2))
    assert float(det[24, 24, 24]) == pytest.approx((1 + a) ** 3, rel=0.03)
    torch.testing.assert_close(det, expected, atol=0.05 * (1 + abs(a)) ** 2, rtol=0)


def test_a_bump_is_invertible_up_to_the_bound_of_its_closed_form(bump):
    # O2: a < e^1.5 / 2 = 2.24
    bound = math.exp(1.5) / 2

    below = jacobian_determinant(bump(49, 0.95 * bound, 10.0)[0])
    above = jacobian_determinant(bump(49, 1.1 * bound, 10.0)[0])

    assert float(below.min()) > 0
    assert float(above.min()) < 0


def test_a_determinant_above_one_means_that_tissue_shrinks(linear_field):
    # T1: pulling from a wider neighbourhood makes the warped ball smaller.
    u = linear_field((24,) * 3, torch.eye(3) * 1.5)
    ball = ((voxel_coordinates((24,) * 3) - 11.5).norm(dim=0) < 8).double()

    warped = warp(ball, u)

    assert float(jacobian_determinant(u).min()) > 1
    assert float(warped.sum()) < 0.4 * float(ball.sum())


def test_a_fold_has_a_negative_determinant_and_does_not_look_preserved(linear_field):
    # O4: |det| of u = -1.5 (x - c) is 1/8; of u = -2 (x - c) it would even be 1.
    for factor, expected in ((-0.5, -0.125), (-1.0, -1.0)):
        det = jacobian_determinant(linear_field((8,) * 3, torch.eye(3) * factor))

        torch.testing.assert_close(det, torch.full((8,) * 3, expected, dtype=torch.float64))


def test_the_matrix_has_the_displacement_in_rows_and_the_axis_in_columns(linear_field):
    matrix = jacobian_matrix(linear_field((5, 6, 7), SHEAR))

    expected = torch.tensor(SHEAR, dtype=torch.float64).view(3, 3, 1, 1, 1).expand(3, 3, 5, 6, 7)
    torch.testing.assert_close(matrix, expected.contiguous())


def test_the_determinant_of_planes_is_that_of_the_matrices(smooth_field):
    u = smooth_field((9, 7, 8), 3.0)

    det = jacobian_determinant(u)

    reference = torch.linalg.det(jacobian_matrix(u).permute(2, 3, 4, 0, 1))
    torch.testing.assert_close(det, reference)


def test_the_slabs_leave_no_seams(monkeypatch, smooth_field):
    u = smooth_field((13, 7, 8), 3.0)
    whole = jacobian_determinant(u)

    monkeypatch.setattr("vpreg.fields.jacobian._VOXELS_AT_ONCE", 2 * 7 * 8)

    assert torch.equal(jacobian_determinant(u), whole)


def test_central_differences_sit_on_the_voxel_and_backward_ones_half_a_voxel_off():
    # T10: u = x^2 / 20 has derivative x / 10 at x itself.
    u = torch.zeros(3, 12, 4, 4, dtype=torch.float64)
    x = voxel_coordinates((12, 4, 4), dtype=torch.float64)[0]
    u[0] = x.square() / 20

    det = jacobian_determinant(u)

    assert det.shape == (12, 4, 4)
    torch.testing.assert_close(det[1:-1], (1 + x / 10)[1:-1])
    backward = 1 + u[0].diff(dim=0)
    torch.testing.assert_close(backward, (1 + (x[1:] - 0.5) / 10))


def test_half_precision_is_raised_before_it_is_differentiated(linear_field):
    # T36: at 20 voxels float16 resolves 1/64, and products of such differences lose more.
    u = (linear_field((24,) * 3, torch.eye(3) * 1.05) + 20).half()

    det = jacobian_determinant(u)

    assert det.dtype == torch.float32
    torch.testing.assert_close(det, jacobian_determinant(u.double()).float(), atol=1e-5, rtol=0)
    exact = 1.05**3
    in_half = float((jacobian_determinant(u) - exact).abs().max())
    assert in_half > 0.01
    single = jacobian_determinant((linear_field((24,) * 3, torch.eye(3) * 1.05) + 20).float())
    assert float((single - exact).abs().max()) < 1e-4


def test_grids_of_differing_spacing_are_told_apart():
    fixed = Grid((8, 8, 8), spacing_mm=(2.0, 1.0, 1.0))
    moving = Grid((16, 16, 16), spacing_mm=(1.0, 0.5, 1.5))
    u = affine_to_field(np.diag([1.1, 1.0, 0.9, 1.0]), fixed, moving, dtype=torch.float64)

    in_voxels = jacobian_determinant(u)
    in_mm = determinant_in_mm(in_voxels, fixed=fixed, moving=moving)

    torch.testing.assert_close(in_voxels, torch.full((8, 8, 8), 0.99 * 2 / 0.75).double())
    torch.testing.assert_close(in_mm, torch.full((8, 8, 8), 0.99).double())


def test_a_moving_grid_that_runs_the_other_way_is_no_fold(fixed_grid):
    matrix = fixed_grid.voxel_to_lps.copy()
    matrix[:, 0] *= -1
    flipped = Grid.from_matrix(fixed_grid.shape, matrix)
    u = affine_to_field(np.eye(4), fixed_grid, flipped, dtype=torch.float64)

    in_voxels = jacobian_determinant(u)

    ones = torch.ones(fixed_grid.shape, dtype=torch.float64)
    torch.testing.assert_close(in_voxels, -ones)
    torch.testing.assert_close(determinant_in_mm(in_voxels, fixed=fixed_grid, moving=flipped), ones)
    retargeted = retarget_field(u, moving_grid=flipped, new_moving_grid=fixed_grid)
    torch.testing.assert_close(jacobian_determinant(retargeted), ones)


def test_gradients_flow_through_the_determinant(smooth_field):
    u = smooth_field((4, 3, 5), 0.5).requires_grad_()

    assert torch.autograd.gradcheck(jacobian_determinant, (u,))
    assert torch.autograd.gradcheck(jacobian_matrix, (u,))
