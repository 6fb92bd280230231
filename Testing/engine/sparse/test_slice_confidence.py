"""How surely voxels were measured, by hand."""

import numpy as np
import pytest
import torch

from Testing.engine.sparse.thick_scans import turned_grid
from vpreg.images.grid import Grid
from vpreg.images.resampling import resample
from vpreg.masks.acquired_slices import AcquiredSlices, slices_along, slices_of_grid
from vpreg.masks.slice_confidence import slice_confidence, slice_coverage

FINE = Grid((13, 2, 2))


def across(**rest):
    return slices_along(FINE, 0, **{"first_index": 2.0, "period_voxels": 4.0, "count": 3, **rest})


def line(image):
    assert (image.voxels == image.voxels[:, :1, :1]).all()
    return image.voxels[:, 0, 0].tolist()


def test_confidence_is_one_on_slices_and_zero_between():
    values = line(slice_confidence(across(), FINE))

    assert values == [0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0]


def test_a_slice_between_two_planes_is_shared_by_them():
    values = line(slice_confidence(across(first_index=2.25), FINE))

    assert values[2:5] == pytest.approx([0.75, 0.25, 0.0])


def test_no_slice_is_made_up_beyond_the_last():
    values = line(slice_confidence(across(count=2), FINE))

    assert values[10] == 0


def test_coverage_is_one_in_a_slice_and_zero_in_a_gap():
    values = line(slice_coverage(across(thickness_mm=2.0), FINE))

    assert values == pytest.approx([0, 0.5, 1, 0.5] * 3 + [0])


def test_without_gaps_everything_between_the_ends_is_covered():
    values = line(slice_coverage(across(), FINE))

    assert values == pytest.approx([0.5] + [1.0] * 11 + [0.5])


def test_confidence_at_an_angle_is_the_resampled_mask_of_the_paper():
    """The mask of acquired planes, carried through the resampling of the scan (methods §4)."""
    upright = Grid((40, 40, 20))
    slices = slices_along(upright, 0, first_index=3.0, period_voxels=6.0, count=7)
    mask = slice_confidence(slices, upright)
    turned = Grid(
        (16, 18, 8), (0.9, 1.1, 1.0), (4.0, 12.0, 9.0), turned_grid((1, 1, 1), 0.4).direction
    )

    carried = resample(mask, turned)

    torch.testing.assert_close(
        carried.voxels, slice_confidence(slices, turned, reach_mm=1.0).voxels
    )
    assert 0 < carried.voxels.mean() < 1


def test_thick_slices_are_read_off_the_geometry():
    grid = turned_grid((5, 30, 30), 0.3, spacing_mm=(6.0, 1.0, 1.0))

    slices = slices_of_grid(grid, thickness_mm=5.0)

    on_slices = slice_confidence(slices, grid)
    assert slices.normal_lps == pytest.approx(np.asarray(grid.direction)[:, 0])
    assert (slices.spacing_mm, slices.thickness_mm, slices.count) == (6.0, 5.0, 5)
    assert (on_slices.voxels > 1 - 1e-5).all()


def test_a_scan_without_thick_slices_is_refused():
    with pytest.raises(ValueError, match="are no thick slices"):
        slices_of_grid(Grid((9, 9, 9), (1.2, 1.0, 1.0)))


@pytest.mark.parametrize("thickness", [0.0, -1.0, 9.0])
def test_an_impossible_thickness_is_refused(thickness):
    with pytest.raises(ValueError, match="Give a slice thickness"):
        AcquiredSlices((0, 0, 1), 0.0, 4.0, thickness, 3)


def test_slices_askew_belong_to_no_axis():
    slices = across()

    assert slices.axis_in(FINE) == 0
    assert slices.axis_in(turned_grid((4, 4, 4), 0.2)) is None
