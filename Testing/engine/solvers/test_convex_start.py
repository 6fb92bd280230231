"""The start for large motion."""

import pytest
import torch

from vpreg.fields.warp import warp
from vpreg.filters.gaussian import gaussian_smooth
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.solvers.convex_start import agree, convex_start

SHAPE = (44, 46, 48)
GRID = Grid(SHAPE, (3.0, 3.0, 3.0))
INSIDE = (slice(None), *(slice(12, -12),) * 3)


def body():
    noise = torch.randn(SHAPE, generator=torch.Generator().manual_seed(4))
    return gaussian_smooth(noise, [2.0] * 3).mul_(8.0)


@pytest.fixture(scope="module")
def shift():
    """A motion of 18 and 12 mm, more than twice the size of what there is to see."""
    return torch.tensor([6.0, -4.0, 0.0]).view(3, 1, 1, 1).expand(3, *SHAPE).contiguous()


def test_a_large_shift_is_found_to_half_a_cell(shift):
    fixed = body()
    moving = warp(fixed, -shift)

    found = convex_start(Image(fixed, GRID), Image(moving, GRID))

    # A cell is two voxels wide.
    assert (found - shift)[INSIDE].abs().max() < 1.0


def test_another_contrast_makes_no_difference(shift):
    fixed = body()
    moving = 3.0 - 2.0 * warp(fixed, -shift)

    found = convex_start(Image(fixed, GRID), Image(moving, GRID))

    assert (found - shift)[INSIDE].abs().max() < 1.0


def test_a_scan_stays_where_it_is_against_itself():
    image = Image(body(), GRID)

    assert convex_start(image, image).abs().max() < 1e-4


def test_the_field_is_smooth(shift):
    fixed = body()

    found = convex_start(Image(fixed, GRID), Image(warp(fixed, -shift), GRID))

    assert found.diff(dim=1).abs().max() < 0.8


def test_fields_that_undo_each_other_stay_and_others_meet_halfway():
    still = torch.full((3, 6, 6, 6), 1.0)

    torch.testing.assert_close(agree(still, -still), still)
    torch.testing.assert_close(agree(still, 0.0 * still), 0.5 * still, atol=1e-3, rtol=0)
