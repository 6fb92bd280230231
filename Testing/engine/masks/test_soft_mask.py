"""From a score to a soft mask."""

import pytest
import torch

from vpreg.masks.soft_mask import soft_threshold, without_specks


@pytest.mark.parametrize("slope", [2.0, 8.0])
def test_the_floor_is_exactly_zero(slope):
    mask = soft_threshold(torch.zeros(4, 4, 4), threshold=0.09, slope=slope)

    assert (mask == 0).all()


def test_the_mask_is_one_half_at_the_threshold_and_grows_to_one():
    score = torch.tensor([0.0, 0.045, 0.09, 0.18, 1.0], dtype=torch.float64)

    mask = soft_threshold(score, threshold=0.09, slope=8.0)

    assert mask.tolist() == pytest.approx([0.0, 0.01766, 0.49983, 0.99966, 1.0], abs=1e-5)
    assert (mask.diff() > 0).all()


def test_a_quiet_organ_weighs_less_than_a_small_lesion():
    score = torch.full((40, 40, 40), 0.01, dtype=torch.float64)
    score[20:24, 20:24, 20:24] = 0.3
    lesion = score > 0.1

    mask = soft_threshold(score, threshold=0.09, slope=8.0)

    # The sigmoid's own floor of 3e-4 would add 21 voxels of mass to these (T18).
    assert mask[~lesion].sum() < 0.75 * mask[lesion].sum()


@pytest.fixture
def pieces():
    mask = torch.zeros(30, 30, 30)
    mask[4:10, 4:10, 4:10] = 0.9
    mask[3, 4:10, 4:10] = 0.3
    mask[20:22, 20:22, 20:22] = 0.8
    mask[19, 20:22, 20:22] = 0.2
    return mask


def test_a_speck_goes_with_what_is_soft_around_it(pieces):
    kept = without_specks(pieces, least_voxels=9)

    assert (kept[15:] == 0).all()
    assert torch.equal(kept[:15], pieces[:15])


def test_a_piece_of_just_the_size_stays(pieces):
    assert torch.equal(without_specks(pieces, least_voxels=8), pieces)


def test_a_mask_that_is_nowhere_above_one_half_is_empty():
    assert not without_specks(torch.full((5, 5, 5), 0.5), least_voxels=1).any()


def test_specks_alone_leave_an_empty_mask(pieces):
    assert not without_specks(pieces, least_voxels=1000).any()
