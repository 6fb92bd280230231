"""Boxes, crops and borders keep every voxel in its place."""

import pytest
import torch

from vpreg.images.cropping import Box, bounding_box, crop, pad, uncrop


@pytest.fixture
def mask(oblique_grid, scan):
    voxels = torch.zeros(oblique_grid.shape)
    voxels[3:6, 4:9, 10] = 1
    return scan.with_voxels(voxels)


def test_the_box_is_tight(mask):
    assert bounding_box(mask) == Box((3, 4, 10), (6, 9, 11))


def test_a_margin_in_millimetres_is_at_least_that_wide_on_every_side(mask):
    # Spacing 2.3, 1.1, 0.7 mm: 2.2 mm are 1, 2 and 4 voxels.
    assert bounding_box(mask, margin_mm=2.2) == Box((2, 2, 6), (7, 11, 15))


def test_a_margin_ends_at_the_border_of_the_image(mask):
    assert bounding_box(mask, margin_mm=100) == Box((0, 0, 0), mask.grid.shape)


def test_an_empty_mask_has_no_box(mask):
    with pytest.raises(ValueError, match="at least one voxel"):
        bounding_box(mask.with_voxels(torch.zeros(mask.grid.shape)))


def test_a_crop_keeps_places_in_millimetres(ramp_mm, oblique_grid):
    cropped = crop(ramp_mm(oblique_grid), Box((2, 3, 5), (7, 14, 8)))

    assert cropped.grid.shape == (5, 11, 3)
    torch.testing.assert_close(cropped.voxels, ramp_mm(cropped.grid).voxels, atol=1e-9, rtol=0)


def test_a_crop_shares_no_memory(scan):
    cropped = crop(scan, Box((0, 0, 0), (2, 2, 2)))
    before = scan.voxels.clone()

    cropped.voxels.zero_()

    assert torch.equal(scan.voxels, before)


@pytest.mark.parametrize("box", [Box((-1, 0, 0), (2, 2, 2)), Box((0, 0, 0), (2, 2, 99))])
def test_a_box_beyond_the_image_is_refused(scan, box):
    with pytest.raises(ValueError, match="box inside the image"):
        crop(scan, box)


def test_a_box_of_no_voxels_is_refused(scan):
    with pytest.raises(ValueError, match="box inside the image"):
        crop(scan, Box((2, 2, 2), (2, 3, 3)))


def test_padding_keeps_the_old_voxels_in_place(ramp_mm, oblique_grid):
    image = ramp_mm(oblique_grid)

    padded = pad(image, before=(1, 2, 3), after=(4, 0, 1), value=-1.0)

    inner = crop(padded, Box((1, 2, 3), (10, 16, 20)))
    assert padded.grid.shape == (14, 16, 21)
    assert torch.equal(inner.voxels, image.voxels)
    assert inner.grid.matches(image.grid, tolerance_mm=1e-9)
    assert (padded.voxels == -1).sum() == padded.voxels.numel() - image.voxels.numel()


def test_padding_by_less_than_nothing_is_refused(scan):
    with pytest.raises(ValueError, match="none below zero"):
        pad(scan, before=(0, -1, 0), after=(0, 0, 0))


def test_labels_keep_their_type_in_a_border(labels):
    assert pad(labels, before=(1, 1, 1), after=(1, 1, 1)).voxels.dtype is torch.int32


def test_uncrop_undoes_crop_inside_the_box(scan):
    box = Box((2, 3, 5), (7, 14, 8))

    whole = uncrop(crop(scan, box), box, scan.grid, value=-5.0)

    expected = torch.full(scan.grid.shape, -5.0)
    expected[box.slices] = scan.voxels[box.slices]
    assert whole.grid == scan.grid
    assert torch.equal(whole.voxels, expected)


def test_uncrop_refuses_another_box(scan):
    with pytest.raises(ValueError, match="Give the box"):
        uncrop(scan, Box((0, 0, 0), (2, 2, 2)), scan.grid)
