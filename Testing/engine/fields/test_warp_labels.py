import pytest
import torch

from vpreg.fields.sampling import Padding
from vpreg.fields.warp import warp
from vpreg.fields.warp_labels import warp_labels
from vpreg.images.interpolation import Interpolation


def test_each_voxel_gets_the_label_whose_own_mask_weighs_most(smooth_field):
    labels = torch.randint(0, 5, (6, 6, 6)).repeat_interleave(3, 0)
    labels = labels.repeat_interleave(3, 1).repeat_interleave(3, 2) * 7
    u = smooth_field((18, 18, 18), 4.0)

    warped = warp_labels(labels, u)

    values = torch.arange(0, 35, 7)
    weights = warp((labels[None] == values.view(-1, 1, 1, 1)).double(), u)
    weights[0] += 1 - weights.sum(0)
    won = weights.gather(0, (warped // 7)[None])[0]
    torch.testing.assert_close(won, weights.max(0).values, atol=2e-5, rtol=0)
    assert warped.dtype == labels.dtype


def test_a_tumor_that_touches_the_background_is_not_cut_early():
    # T23: interpolated values 2 -> 0 would drop below 1.5 at a quarter of the way.
    labels = torch.zeros(12, 4, 4, dtype=torch.int32)
    labels[4:8] = 2
    u = torch.zeros(3, 12, 4, 4)
    u[0] = 0.4

    warped = warp(labels, u, interpolation=Interpolation.LABELS)

    by_value = warp(labels, u)[:, 0, 0] > 1.5
    assert int((warped[:, 0, 0] == 2).sum()) == 4
    assert int(by_value.sum()) == 3
    assert not bool((warped == 1).any())


@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize("shift", [0.5, -0.5, 2.5])
def test_half_a_voxel_of_motion_keeps_the_size_of_a_structure(axis, shift):
    labels = torch.zeros(12, 12, 12, dtype=torch.int64)
    labels[4:8, 3:9, 5:7] = 3
    u = torch.zeros(3, 12, 12, 12)
    u[axis] = shift

    warped = warp_labels(labels, u)

    assert int((warped == 3).sum()) == int((labels == 3).sum())


def test_outside_is_background_unless_the_border_is_carried_on():
    labels = torch.full((5, 5, 5), 4)
    u = torch.full((3, 5, 5, 5), 3.0)

    assert int(warp_labels(labels, u)[4, 4, 4]) == 0
    assert int(warp_labels(labels, u, padding=Padding.BORDER)[4, 4, 4]) == 4


def test_masks_of_booleans_stay_boolean():
    mask = torch.zeros(6, 6, 6, dtype=torch.bool)
    mask[2:4, 2:4, 2:4] = True
    u = torch.zeros(3, 6, 6, 6)
    u[2] = 1.0

    warped = warp_labels(mask, u)

    assert warped.dtype == torch.bool
    assert torch.equal(warped, mask.roll(-1, 2))


def test_stacked_label_maps_warp_one_by_one(smooth_field):
    stack = torch.randint(0, 3, (2, 8, 8, 8))
    u = smooth_field((8, 8, 8), 2.0).float()

    warped = warp(stack, u, interpolation=Interpolation.LABELS)

    assert torch.equal(warped[1], warp_labels(stack[1], u))
