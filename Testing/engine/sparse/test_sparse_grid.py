"""The fine grid along the slices."""

import numpy as np
import pytest
import torch

from Testing.engine.solvers.pair_cases import texture
from Testing.engine.sparse.thick_scans import thinned, turned_grid
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.masks.acquired_slices import slices_along, slices_of_grid
from vpreg.masks.slice_confidence import slice_confidence
from vpreg.recipes.sparse_grid import on_slices


def test_measured_planes_stay_as_they_were_and_the_rest_is_interpolated():
    thick = thinned(texture((42, 20, 22)), every=7, thickness=5)
    slices = slices_of_grid(thick.grid)

    fine = on_slices(thick, slices, voxel_mm=1.0)

    confidence = slice_confidence(slices, fine.grid).voxels[:, 0, 0]
    planes = (confidence > 0.999).nonzero()[:, 0]
    assert fine.grid.spacing_mm == pytest.approx((1.0, 1.0, 1.0))
    assert confidence.sum() == pytest.approx(6.0, abs=1e-4)
    torch.testing.assert_close(fine.voxels[planes], thick.voxels, rtol=0, atol=1e-5)
    between = 0.5 * (fine.voxels[planes[0] + 2] + fine.voxels[planes[0] + 4])
    torch.testing.assert_close(fine.voxels[planes[0] + 3], between, rtol=0, atol=1e-5)


def test_pixels_finer_than_wanted_are_averaged():
    thick = Image(torch.rand(4, 20, 24), Grid((4, 20, 24), (5.0, 0.5, 0.5)))

    fine = on_slices(thick, slices_of_grid(thick.grid), voxel_mm=1.0)

    assert fine.grid.spacing_mm == pytest.approx((1.0, 1.0, 1.0))
    assert fine.grid.shape[1:] == (10, 12)


def test_slices_askew_get_a_grid_of_their_own():
    scan = texture((30, 32, 34))
    normal_grid = turned_grid((5, 40, 40), 0.4, spacing_mm=(6.0, 1.0, 1.0))
    slices = slices_along(normal_grid, 0, first_index=0.0, period_voxels=1.0, count=5)

    fine = on_slices(scan, slices, voxel_mm=1.0)

    axes = np.asarray(fine.grid.direction)
    assert slices.axis_in(fine.grid) == 0
    np.testing.assert_allclose(axes.T @ axes, np.eye(3), atol=1e-9)
    corners = scan.grid.voxel_to_lps @ np.array([[0, 0, 0, 1], [29, 31, 33, 1]]).T
    inside = fine.grid.lps_to_voxel @ corners
    assert (inside[:3] > -0.5).all()
    assert (np.array(fine.grid.shape) - 0.5 > inside[:3].T).all()


def test_without_slices_the_scan_keeps_its_grid():
    scan = texture((10, 11, 12))

    assert on_slices(scan, None, voxel_mm=1.0).grid.matches(scan.grid)
