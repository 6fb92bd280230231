"""Folds are smoothed away, and only they."""

import pytest
import torch

from Testing.engine.solvers.pair_cases import swell
from vpreg.fields.folds import count_folds
from vpreg.filters.gaussian import gaussian_smooth
from vpreg.solvers.fold_repair import repair_folds

SHAPE = (40, 40, 40)


def planted(size_voxels=3.0):
    u = swell(SHAPE, (1.0, -1.0, 1.0))
    u[0, 10, 11, 12] += size_voxels
    u[1, 11, 11, 12] -= size_voxels
    return u


def test_planted_folds_are_gone():
    u = planted()
    assert count_folds(u) > 0

    assert count_folds(repair_folds(u)) == 0


def test_far_voxels_keep_every_bit_and_the_input_is_not_written_to():
    u = planted()
    before = u.clone()

    repaired = repair_folds(u)

    assert torch.equal(u, before)
    assert torch.equal(repaired[:, 28:], u[:, 28:])
    assert torch.equal(repaired[:, :, :, 30:], u[:, :, :, 30:])
    assert (repaired - u)[:, 20:].abs().max() < 0.05


def test_a_field_without_folds_is_returned_as_it_is():
    u = swell(SHAPE, (2.0, 1.0, -2.0))

    assert torch.equal(repair_folds(u), u)


@pytest.mark.parametrize(("size_voxels", "width_voxels"), [(2.0, 0.0), (1e5, 6.0)])
def test_a_field_that_folds_everywhere_is_smoothed_until_none_is_left(size_voxels, width_voxels):
    noise = torch.randn((3, *SHAPE), generator=torch.Generator().manual_seed(0))
    wild = size_voxels * gaussian_smooth(noise, width_voxels)
    assert count_folds(wild) > 20_000

    assert count_folds(repair_folds(wild)) == 0
