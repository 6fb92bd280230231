import pytest
import torch
import torch.nn.functional as functional

from vpreg.fields.unit_coordinates import from_unit_coordinates, to_unit_coordinates
from vpreg.fields.warp import warp


def unit_grid(shape, *, align_corners):
    rest = torch.eye(3, 4, dtype=torch.float64)[None]
    return functional.affine_grid(rest, (1, 1, *shape), align_corners=align_corners)


@pytest.mark.parametrize("align_corners", [True, False])
def test_a_unit_field_warps_as_torch_warps_with_it(align_corners, smooth_field):
    # T7 and T8: channel 0 along the last axis, and a unit of (N - 1)/2 or N/2 voxels.
    image = torch.rand(8, 10, 12, dtype=torch.float64)
    unit = (smooth_field((8, 10, 12), 0.4)).movedim(0, -1)

    ours = warp(image, from_unit_coordinates(unit, align_corners=align_corners, channels_last=True))

    theirs = functional.grid_sample(
        image[None, None],
        unit_grid((8, 10, 12), align_corners=align_corners) + unit[None],
        align_corners=align_corners,
    )[0, 0]
    torch.testing.assert_close(ours, theirs)


def test_channels_come_back_in_axis_order():
    # T8
    unit = torch.zeros(3, 11, 21, 41)
    unit[0], unit[2] = 0.1, 0.2

    u = from_unit_coordinates(unit, align_corners=True)

    torch.testing.assert_close(u[:, 0, 0, 0], torch.tensor([0.2 * 5, 0.0, 0.1 * 20]))


def test_the_two_meanings_of_a_unit_differ():
    # T7: mixing them up swells by N/(N - 1).
    unit = torch.full((3, 8, 8, 8), 0.5)

    corners = from_unit_coordinates(unit, align_corners=True)
    cells = from_unit_coordinates(unit, align_corners=False)

    torch.testing.assert_close(cells, corners * 8 / 7)


@pytest.mark.parametrize("align_corners", [True, False])
def test_there_and_back_changes_nothing(align_corners):
    u = torch.randn(3, 5, 6, 7)

    unit = to_unit_coordinates(u, align_corners=align_corners, source_shape=(9, 8, 7))
    back = from_unit_coordinates(unit, align_corners=align_corners, source_shape=(9, 8, 7))

    torch.testing.assert_close(back, u)
