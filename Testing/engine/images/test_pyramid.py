"""Smaller images show the same things in the same places."""

import numpy as np
import pytest
import torch

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.pyramid import downsample, downsampled_grid, factors_by_axis, pyramid


@pytest.mark.parametrize("factor", [2, 3, 4, (1, 2, 4)])
def test_a_straight_ramp_stays_the_same_in_millimetres_up_to_the_border(
    ramp_mm, oblique_grid, factor
):
    (small,) = pyramid(ramp_mm(oblique_grid), [factor])

    torch.testing.assert_close(small.voxels, ramp_mm(small.grid).voxels, atol=1e-9, rtol=0)


def test_an_extent_that_divides_gives_whole_multiples_of_the_spacing():
    grid = downsampled_grid(Grid((8, 12, 16), (1.0, 2.0, 0.5)), 4)

    assert grid.shape == (2, 3, 4)
    assert grid.spacing_mm == (4.0, 8.0, 2.0)
    np.testing.assert_allclose(grid.origin_lps, (0.5 * 1.5, 2 * 1.5, 1 * 1.5))


def test_the_outer_faces_stay_when_the_factor_does_not_divide(oblique_grid):
    small = downsampled_grid(oblique_grid, 4)

    assert small.shape == (3, 4, 5)
    np.testing.assert_allclose(small.extent_mm, oblique_grid.extent_mm)


def test_factor_one_is_the_image_itself(scan):
    (same,) = pyramid(scan, [1])

    assert torch.equal(same.voxels, scan.voxels)
    assert same.grid == scan.grid


def test_a_blob_keeps_its_centre_and_its_mass():
    grid = Grid((24, 24, 24))
    index = torch.stack(torch.meshgrid(*[torch.arange(24.0)] * 3, indexing="ij")).double()
    centre = torch.tensor([11.3, 12.1, 10.8], dtype=torch.float64)
    blob = torch.exp(-((index - centre.view(3, 1, 1, 1)) ** 2).sum(0) / (2 * 2.5**2))
    image = Image(blob, grid)

    (small,) = pyramid(image, [2])

    place = np.einsum("ab,bkji->akji", small.grid.voxel_to_lps[:3, :3], np.indices((12, 12, 12)))
    place += np.reshape(small.grid.origin_lps, (3, 1, 1, 1))
    found = (place * small.array).sum((1, 2, 3)) / small.array.sum()
    np.testing.assert_allclose(found, centre.numpy()[::-1], atol=1e-3)
    np.testing.assert_allclose(small.array.sum() * 8, blob.sum(), rtol=1e-3)


def test_waves_too_short_for_the_small_grid_are_damped():
    # Left alone, a wave of 2.5 voxels would appear as one of 10 on every second voxel.
    line = torch.cos(2 * torch.pi * torch.arange(60, dtype=torch.float64) / 2.5)
    wave = line.expand(4, 4, 60)

    small = downsample(wave, (1, 1, 2))

    assert small[..., 3:-3].abs().max() < 0.06


def test_waves_that_the_small_grid_can_show_are_kept():
    line = torch.cos(2 * torch.pi * torch.arange(60, dtype=torch.float64) / 20)

    small = downsample(line.expand(4, 4, 60), (1, 1, 2))

    assert small[..., 3:-3].max() > 0.9


def test_values_stay_within_the_range_of_the_image(scan):
    small = downsample(scan.voxels, 3)

    assert small.min() >= scan.voxels.min()
    assert small.max() <= scan.voxels.max()


def test_channels_are_shrunk_one_by_one(scan):
    two = torch.stack([scan.voxels, 2 * scan.voxels])

    small = downsample(two, 2)

    torch.testing.assert_close(small[0], downsample(scan.voxels, 2))
    torch.testing.assert_close(small[1], 2 * small[0])


def test_float64_stays_float64_and_whole_numbers_become_float32(scan, labels):
    assert downsample(scan.voxels.double(), 2).dtype is torch.float64
    assert downsample(labels.voxels, 2).dtype is torch.float32


def test_a_matrix_made_in_inference_mode_serves_training_later():
    with torch.inference_mode():
        downsample(torch.rand(22, 22, 22), 2)
    voxels = torch.rand(22, 22, 22, requires_grad=True)

    downsample(voxels, 2).sum().backward()

    assert voxels.grad is not None


def test_an_axis_can_shrink_to_one_voxel():
    assert downsample(torch.rand(3, 8, 8), 8).shape == (1, 1, 1)


def test_thick_slices_are_left_alone():
    grid = Grid((20, 256, 256), (6.5, 0.94, 0.94))

    assert factors_by_axis(grid, 4) == (1, 4, 4)
    assert factors_by_axis(grid, 16) == (2, 16, 16)
    assert factors_by_axis(Grid((9, 9, 9)), 4) == (4, 4, 4)


def test_a_factor_below_one_is_refused(scan):
    with pytest.raises(ValueError, match="at least 1"):
        downsample(scan.voxels, 0)
