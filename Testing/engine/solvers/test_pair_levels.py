"""The grids of a level."""

import pytest
import torch

from vpreg.images.grid import Grid
from vpreg.solvers.level import per_axis, plan_level


def test_equal_voxels_shrink_alike():
    level = plan_level(Grid((40, 60, 80)), 2, 1.5)

    assert level.image_shape == (20, 30, 40)
    assert level.field_shape == (14, 20, 27)


def test_thick_slices_are_not_touched():
    grid = Grid((20, 240, 240), (6.5, 0.9, 0.9))

    level = plan_level(grid, 4, 1.5)

    assert level.factor == (1, 4, 4)
    assert level.image_shape == (20, 60, 60)
    # Pixels of 3.6 mm beside slices of 6.5 mm: the field need not be coarser than the slices.
    assert level.field_shape == (20, 40, 40)


@pytest.mark.parametrize("factor", [1, 2, 3])
@pytest.mark.parametrize("field_factor", [1.0, 1.5, 2.0])
def test_all_grids_of_a_level_cover_the_same_space(factor, field_factor):
    grid = Grid((23, 41, 37), (2.5, 1.0, 1.2))

    level = plan_level(grid, factor, field_factor)

    for shape, spacing in ((level.image_shape, level.image_spacing_mm),
                           (level.field_shape, level.field_spacing_mm)):  # fmt: skip
        assert [n * s for n, s in zip(shape, spacing, strict=True)] == pytest.approx(grid.extent_mm)


def test_lengths_are_in_finest_voxels_and_millimetres():
    level = plan_level(Grid((20, 40, 40), (3.0, 1.0, 1.0)), 1, 2.0)

    assert level.image_voxels(3.0) == pytest.approx((1.0, 3.0, 3.0))
    assert level.field_voxels(6.0) == pytest.approx((2.0, 3.0, 3.0))
    assert level.window_radius(2) == (1, 2, 2)


def test_numbers_of_axes_multiply_components():
    u = torch.ones((3, 2, 2, 2), dtype=torch.float64)

    scaled = u * per_axis((2.0, 3.0, 4.0), u)

    assert scaled[:, 1, 1, 1].tolist() == [2.0, 3.0, 4.0]
    assert scaled.dtype == torch.float64
