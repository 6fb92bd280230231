import numpy as np
import pytest
import torch

from vpreg.fields.affine import affine_to_field, follow_by_affine, retarget_field
from vpreg.fields.compose import compose

SHIFT = np.array([[1, 0, 0, 4.0], [0, 1, 0, -3.0], [0, 0, 1, 2.0], [0, 0, 0, 1]])


def test_the_identity_on_one_grid_is_no_displacement(fixed_grid):
    u = affine_to_field(np.eye(4), fixed_grid, fixed_grid)

    assert float(u.abs().max()) < 1e-5


def test_a_voxel_lands_where_the_matrices_send_it(fixed_grid, moving_grid):
    u = affine_to_field(SHIFT, fixed_grid, moving_grid, dtype=torch.float64)

    expected = moving_grid.lps_to_voxel @ SHIFT @ fixed_grid.voxel_to_lps @ (5, 6, 7, 1)
    np.testing.assert_allclose(u[:, 5, 6, 7], expected[:3] - (5, 6, 7), atol=1e-9)


def test_an_affine_may_follow_a_field(fixed_grid, moving_grid, smooth_field):
    u = smooth_field(fixed_grid.shape, 2.0)

    whole = follow_by_affine(u, SHIFT, fixed_grid, moving_grid)

    to_voxel = moving_grid.lps_to_voxel @ SHIFT @ fixed_grid.voxel_to_lps
    expected = to_voxel @ np.array([*(np.array((5, 6, 7)) + u[:, 5, 6, 7].numpy()), 1.0])
    np.testing.assert_allclose(whole[:, 5, 6, 7], expected[:3] - (5, 6, 7), atol=1e-9)
    nothing = follow_by_affine(torch.zeros_like(u), SHIFT, fixed_grid, moving_grid)
    torch.testing.assert_close(
        nothing, affine_to_field(SHIFT, fixed_grid, moving_grid, dtype=torch.float64)
    )


def test_retargeting_there_and_back_changes_nothing(fixed_grid, moving_grid, smooth_field):
    u = smooth_field(fixed_grid.shape, 2.0)

    there = retarget_field(u, moving_grid=fixed_grid, new_moving_grid=moving_grid)
    back = retarget_field(there, moving_grid=moving_grid, new_moving_grid=fixed_grid)

    torch.testing.assert_close(back, u)
    torch.testing.assert_close(
        there, follow_by_affine(u, np.eye(4), fixed_grid, moving_grid), atol=1e-9, rtol=0
    )


def test_the_identity_carries_a_field_to_another_grid(fixed_grid, moving_grid):
    far = affine_to_field(SHIFT, moving_grid, moving_grid, dtype=torch.float64)
    between = affine_to_field(np.eye(4), fixed_grid, moving_grid, dtype=torch.float64)

    carried = compose(between, far)

    expected = affine_to_field(SHIFT, fixed_grid, moving_grid, dtype=torch.float64)
    torch.testing.assert_close(carried, expected)


@pytest.mark.parametrize(
    ("matrix", "sentence"),
    [
        (np.eye(3), "4x4"),
        (np.ones((4, 4)), "last row"),
        (np.diag([1.0, 0.0, 1.0, 1.0]), "inverted"),
        (np.diag([1.0, np.nan, 1.0, 1.0]), "inverted"),
    ],
)
def test_what_is_no_affine_map_is_refused(matrix, sentence, fixed_grid):
    with pytest.raises(ValueError, match=sentence):
        affine_to_field(matrix, fixed_grid, fixed_grid)
