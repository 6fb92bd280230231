"""Mutual information and correlation."""

from __future__ import annotations

import math

import pytest
import torch

from vpreg.metrics.mutual_information import mutual_information_nats
from vpreg.metrics.ncc import global_ncc, mean_local_ncc_squared

SHAPE = (20, 18, 16)


def noise(seed):
    return torch.rand(SHAPE, generator=torch.Generator().manual_seed(seed))


def left_half():
    mask = torch.zeros(SHAPE)
    mask[:, :, :8] = 1
    return mask


def local_ncc_squared_by_loops(fixed, warped, mask):
    """Correlate the masked voxels of every window of radius one, one window after the other."""
    found = []
    for k, j, i in mask.nonzero().tolist():
        window = tuple(slice(max(x - 1, 0), x + 2) for x in (k, j, i))
        inside = mask[window] != 0
        pair = torch.stack([fixed[window][inside], warped[window][inside]]).double()
        found.append(float(torch.corrcoef(pair)[0, 1]) ** 2)
    return sum(found) / len(found)


def test_information_of_an_image_about_itself_is_its_entropy():
    levels = torch.arange(4).repeat(16 * 18 * 5).view(SHAPE).float()

    assert mutual_information_nats(levels, levels, bins=4) == pytest.approx(math.log(4))
    assert mutual_information_nats(levels, -levels, bins=4) == pytest.approx(math.log(4))


def test_independent_images_share_next_to_nothing():
    levels = torch.arange(4).repeat(16 * 18 * 5).view(SHAPE).float()
    other = torch.arange(3).repeat_interleave(4).repeat(480).view(SHAPE).float()

    assert mutual_information_nats(levels, other, bins=4) == pytest.approx(0, abs=1e-9)


def test_information_outside_the_mask_does_not_count():
    fixed, warped = noise(1), noise(2)
    inside = left_half()
    changed = torch.where(inside != 0, warped, fixed)

    assert mutual_information_nats(fixed, changed, mask=inside) == pytest.approx(
        mutual_information_nats(fixed, warped, mask=inside)
    )


def test_a_constant_image_has_no_information_and_no_correlation():
    constant = torch.full(SHAPE, 3.0)

    assert mutual_information_nats(noise(1), constant) == pytest.approx(0, abs=1e-12)
    assert math.isnan(global_ncc(noise(1), constant))
    assert math.isnan(mean_local_ncc_squared(noise(1), constant))


def test_an_empty_mask_has_no_figures():
    empty = torch.zeros(SHAPE)

    assert math.isnan(mutual_information_nats(noise(1), noise(2), mask=empty))
    assert math.isnan(global_ncc(noise(1), noise(2), mask=empty))
    assert math.isnan(mean_local_ncc_squared(noise(1), noise(2), mask=empty))


@pytest.mark.parametrize(("gain", "expected"), [(2.0, 1.0), (-0.5, -1.0)])
def test_correlation_ignores_gain_and_offset(gain, expected):
    fixed = noise(3)

    assert global_ncc(fixed, gain * fixed + 100) == pytest.approx(expected, abs=1e-4)
    assert mean_local_ncc_squared(fixed, gain * fixed + 100) == pytest.approx(1, abs=1e-3)


def test_local_correlation_sees_through_a_step_that_the_global_one_does_not():
    fixed = noise(4)
    warped = torch.where(left_half() != 0, fixed, 5 - fixed)

    assert abs(global_ncc(fixed, warped)) < 0.2
    assert mean_local_ncc_squared(fixed, warped, radius_voxels=2) > 0.6


def test_correlation_in_a_mask_ignores_a_lesion_outside_it():
    fixed = noise(5)
    warped = torch.where(left_half() != 0, fixed, 50 * noise(6))

    assert global_ncc(fixed, warped, mask=left_half()) == pytest.approx(1, abs=1e-5)
    assert mean_local_ncc_squared(fixed, warped, mask=left_half()) == pytest.approx(1, abs=1e-4)
    assert mean_local_ncc_squared(fixed, warped) < 0.9


def test_flat_background_does_not_count_as_unlike():
    fixed = noise(7) * left_half()

    assert mean_local_ncc_squared(fixed, 3 * fixed, radius_voxels=1) == pytest.approx(1, abs=1e-3)


def test_local_correlation_is_the_mean_over_windows_centred_in_the_mask():
    shape = (6, 5, 7)
    fixed, warped = noise(8)[:6, :5, :7].double(), noise(9)[:6, :5, :7].double()
    mask = torch.zeros(shape)
    mask[1:5, :, 2:6] = 1

    found = mean_local_ncc_squared(fixed, warped, radius_voxels=1, mask=mask)

    assert found == pytest.approx(local_ncc_squared_by_loops(fixed, warped, mask))
