"""The slices that the sparse benchmark measures once more."""

import numpy as np
import pytest

from vpreg.fields.sampling import voxel_coordinates
from vpreg.images.grid import Grid
from vpreg.images.image import Image

PROTOCOL_TILT = np.radians(10.0)


@pytest.mark.parametrize("seed", range(4))
def test_a_ramp_keeps_its_value_at_the_middle_of_each_slice(seed):
    from sparse.thinning import Protocol, draw_slices, thin

    grid = Grid((40, 44, 48), origin_lps=(5.0, -3.0, 8.0))
    ramp = Image(voxel_coordinates(grid.shape).sum(0) + 10, grid)

    slices = draw_slices(grid, Protocol(), seed=seed)
    thick = thin(ramp, slices, Protocol())

    index = np.stack(np.meshgrid(*(range(n) for n in slices.shape), indexing="ij"), -1)
    at = index @ slices.voxel_to_lps[:3, :3].T + slices.voxel_to_lps[:3, 3]
    own = at @ grid.lps_to_voxel[:3, :3].T + grid.lps_to_voxel[:3, 3]
    inside = ((own > 5) & (own < np.array(grid.shape) - 6)).all(-1)
    assert inside.sum() > 1000
    np.testing.assert_allclose(thick.array[inside], own[inside].sum(-1) + 10, atol=1e-3)


@pytest.mark.parametrize("seed", range(4))
def test_the_slices_cover_the_scan_at_the_wanted_angle_and_distance(seed):
    from sparse.thinning import Protocol, draw_slices

    grid = Grid((40, 44, 48))

    slices = draw_slices(grid, Protocol(), seed=seed)

    axes = np.asarray(slices.direction)
    assert slices.spacing_mm == pytest.approx((7.0, 1.0, 1.0))
    np.testing.assert_allclose(axes.T @ axes, np.eye(3), atol=1e-9)
    assert np.abs(np.asarray(grid.direction).T @ axes[:, 0]).max() > np.cos(1.5 * PROTOCOL_TILT)
    corners = np.array([[k, j, i] for k in (0, 39) for j in (0, 43) for i in (0, 47)])
    at = corners @ grid.voxel_to_lps[:3, :3].T + grid.voxel_to_lps[:3, 3]
    own = at @ slices.lps_to_voxel[:3, :3].T + slices.lps_to_voxel[:3, 3]
    assert (own > -0.75).all()
    assert (own < np.array(slices.shape) - 0.25).all()
