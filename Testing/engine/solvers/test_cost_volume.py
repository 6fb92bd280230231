"""Whole steps of coarse cells, and what they cost."""

import pytest
import torch

from vpreg.solvers.cost_volume import CostVolume, cost_volume, mean_over_cells

SHAPE = (9, 10, 11)


def descriptors(seed=0):
    return torch.rand((12, *SHAPE), generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("step", [(0, 0, 0), (2, 0, 0), (0, -1, 2), (-2, 2, -2)])
def test_the_step_that_was_made_is_the_cheapest_and_costs_nothing(step):
    fixed = descriptors()
    moving = torch.roll(fixed, step, dims=(1, 2, 3))

    volume = cost_volume(fixed, moving, reach=2)

    inside = (slice(None), *(slice(4, -4),) * 3)
    found = volume.cheapest()[inside]
    assert torch.equal(found, torch.tensor(step).view(3, 1, 1, 1).expand_as(found).float())
    assert volume.cost[:, 4:-4, 4:-4, 4:-4].amin(0).max() < 1e-9


def test_the_cost_is_the_sum_of_squares_averaged_over_neighbours():
    fixed, moving = torch.zeros(12, 5, 5, 5), torch.zeros(12, 5, 5, 5)
    moving[:, 2, 2, 2] = 1.0

    still = cost_volume(fixed, moving, reach=1).cost[13]

    # Twelve channels of one, spread over 27 cells twice: 27 of 27² paths come back to the middle.
    assert float(still[2, 2, 2]) == pytest.approx(12 * 27 / 27**2)


def test_a_strong_pull_takes_the_step_nearest_to_the_field():
    volume = cost_volume(descriptors(0), descriptors(1), reach=2)
    near = torch.full((3, *SHAPE), 1.2)

    pulled = volume.cheapest(near=near, pull=1e4)

    assert torch.equal(pulled, torch.ones_like(pulled))


def test_no_pull_changes_nothing():
    volume = cost_volume(descriptors(0), descriptors(1), reach=1)

    assert torch.equal(volume.cheapest(near=torch.ones(3, *SHAPE), pull=0.0), volume.cheapest())


def test_the_mean_of_a_constant_is_that_constant_up_to_the_border():
    field = torch.full((3, *SHAPE), 2.5)

    torch.testing.assert_close(mean_over_cells(field), field)


def test_the_steps_are_all_of_a_cube_in_order():
    steps = cost_volume(descriptors(), descriptors(), reach=1).steps

    assert steps.shape == (27, 3)
    assert steps[0].tolist() == [-1, -1, -1]
    assert steps[13].tolist() == [0, 0, 0]
    assert isinstance(CostVolume(torch.zeros(27, *SHAPE), steps).shape, tuple)
