"""A grid says where its voxels are."""

from dataclasses import replace

import numpy as np

from vpreg.images.grid import Grid


def test_the_matrix_steps_along_each_array_axis(oblique_grid):
    origin = np.asarray(oblique_grid.origin_lps)

    for a in range(3):
        index = np.eye(4)[a] + (0, 0, 0, 1)
        step = (oblique_grid.voxel_to_lps @ index)[:3] - origin
        expected = np.asarray(oblique_grid.direction)[:, a] * oblique_grid.spacing_mm[a]
        np.testing.assert_allclose(step, expected, atol=1e-12)


def test_both_matrices_are_inverse(oblique_grid):
    product = oblique_grid.lps_to_voxel @ oblique_grid.voxel_to_lps

    np.testing.assert_allclose(product, np.eye(4), atol=1e-12)


def test_a_voxel_has_the_volume_of_its_edges(oblique_grid):
    np.testing.assert_allclose(oblique_grid.voxel_volume_mm3, 2.3 * 1.1 * 0.7)


def test_a_grid_is_rebuilt_from_its_matrix(oblique_grid):
    again = Grid.from_matrix(oblique_grid.shape, oblique_grid.voxel_to_lps)

    assert again.matches(oblique_grid, tolerance_mm=1e-9)


def test_a_shift_beyond_the_tolerance_is_another_grid(oblique_grid):
    x, y, z = oblique_grid.origin_lps

    assert not replace(oblique_grid, origin_lps=(x, y + 0.002, z)).matches(oblique_grid)
    assert replace(oblique_grid, origin_lps=(x, y + 0.0002, z)).matches(oblique_grid)


def test_a_grid_of_another_shape_is_another_grid(oblique_grid):
    assert not replace(oblique_grid, shape=(9, 14, 18)).matches(oblique_grid)
