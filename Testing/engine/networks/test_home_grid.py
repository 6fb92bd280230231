"""The grid of a network, laid over a scan that may lie otherwise."""

import numpy as np
import pytest
import torch

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.resampling import resample
from vpreg.networks.home_grid import HomeGrid

SHAPE = (40, 48, 56)


def body(spacing_mm=(1.0, 1.0, 1.0), *, start=(8, 10, 12), stop=(32, 42, 44)):
    """Make a scan that lies as ITK's identity does: axis 0 to S, 1 to P, 2 to L."""
    voxels = torch.zeros(SHAPE)
    voxels[tuple(slice(a, b) for a, b in zip(start, stop, strict=True))] = 0.8
    return Image(voxels, Grid(SHAPE, spacing_mm, (5.0, -7.0, 11.0)))


def middle_lps(grid):
    return grid.voxel_to_lps[:3] @ [*((n - 1) / 2 for n in grid.shape), 1]


def test_it_lies_around_the_body_with_its_own_axes():
    home = HomeGrid((40, 48, 32), (1.0, 1.0, 1.0), "LAS")

    grid = home.lay_over(body(), divisor=16)

    assert grid.shape == (40, 48, 32)
    assert np.allclose(grid.direction, np.diag([1, -1, 1]))
    # The body's middle is voxel (19.5, 25.5, 27.5), found to within the coarse foreground's voxel.
    assert np.allclose(middle_lps(grid), (32.5, 18.5, 30.5), atol=1.5)


def test_voxels_of_the_same_size_are_moved_and_not_interpolated():
    fixed = body()
    fixed.voxels.mul_(torch.rand(SHAPE, generator=torch.Generator().manual_seed(1)) * 0.5 + 0.5)
    home = HomeGrid((48, 64, 48), (1.0, 1.0, 1.0), "RIA")

    laid = resample(fixed, home.lay_over(fixed, divisor=16))

    old, new = fixed.voxels[fixed.voxels > 0].sort().values, laid.voxels[laid.voxels > 1e-3]
    torch.testing.assert_close(new.sort().values, old)


def test_it_grows_by_whole_steps_where_the_body_needs_more_room():
    home = HomeGrid((40, 24, 32), (1.0, 1.0, 1.0), "LAS")

    grid = home.lay_over(body(), divisor=16)

    assert grid.shape == (40, 48, 32)


def test_a_body_out_of_proportion_is_refused():
    home = HomeGrid((8, 8, 8), (1.0, 1.0, 1.0), "LAS")

    with pytest.raises(ValueError, match="larger parts of the body"):
        home.lay_over(body(), divisor=8)


def test_without_a_spacing_the_body_fills_the_shape():
    home = HomeGrid((16, 16, 16), None, "SPL")

    grid = home.lay_over(body((2.0, 1.0, 1.0)), divisor=16)

    assert grid.shape == (16, 16, 16)
    assert np.allclose(grid.spacing_mm, (48 / 16, 32 / 16, 32 / 16), atol=0.3)


@pytest.mark.parametrize("axes", ["LAX", "LRS", "LA", "LASS"])
def test_axes_must_name_each_direction_once(axes):
    with pytest.raises(ValueError, match="home axes"):
        HomeGrid((8, 8, 8), (1.0, 1.0, 1.0), axes)
