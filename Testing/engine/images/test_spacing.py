"""Grids with other voxels cover the same place."""

import numpy as np
import pytest

from vpreg.images.grid import Grid
from vpreg.images.spacing import grid_with_shape, grid_with_spacing


def _centre(grid):
    return (grid.voxel_to_lps @ (*(np.asarray(grid.shape) - 1) / 2, 1))[:3]


def test_the_spacing_is_exact_and_the_centre_stays(oblique_grid):
    grid = grid_with_spacing(oblique_grid, 1.0)

    assert grid.spacing_mm == (1.0, 1.0, 1.0)
    assert grid.direction == oblique_grid.direction
    np.testing.assert_allclose(_centre(grid), _centre(oblique_grid), atol=1e-12)


def test_the_old_grid_is_covered_by_less_than_one_voxel_more(oblique_grid):
    grid = grid_with_spacing(oblique_grid, (1.5, 0.9, 2.1))

    surplus = np.subtract(grid.extent_mm, oblique_grid.extent_mm)
    assert (surplus >= -1e-9).all()
    assert (surplus < grid.spacing_mm).all()


def test_a_spacing_that_divides_the_extent_adds_no_voxel():
    assert grid_with_spacing(Grid((10, 10, 10), (0.3, 0.3, 0.3)), 0.1).shape == (30, 30, 30)


def test_a_grid_of_another_shape_has_the_same_outer_faces(oblique_grid):
    grid = grid_with_shape(oblique_grid, (5, 7, 20))

    for sign in (0, 1):
        old = oblique_grid.voxel_to_lps @ (*(np.multiply(oblique_grid.shape, sign) - 0.5), 1)
        new = grid.voxel_to_lps @ (*(np.multiply(grid.shape, sign) - 0.5), 1)
        np.testing.assert_allclose(new, old, atol=1e-12)


def test_the_same_spacing_gives_the_same_grid(oblique_grid):
    assert grid_with_spacing(oblique_grid, oblique_grid.spacing_mm).matches(
        oblique_grid, tolerance_mm=1e-9
    )


@pytest.mark.parametrize("spacing", [0, -1.0, float("nan"), (1, 1, 0)])
def test_a_spacing_must_be_above_zero(oblique_grid, spacing):
    with pytest.raises(ValueError, match="spacing above zero"):
        grid_with_spacing(oblique_grid, spacing)


def test_a_shape_must_have_voxels(oblique_grid):
    with pytest.raises(ValueError, match="at least one voxel"):
        grid_with_shape(oblique_grid, (3, 0, 3))
