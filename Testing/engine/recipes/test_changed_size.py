"""Which changes of size are marked, and against what is usual."""

from dataclasses import replace

import pytest
import torch

from Testing.engine.recipes.squeezed_cases import from_middle, offsets, prepared, squeezing
from vpreg.fields.warp import warp
from vpreg.images.image import Image
from vpreg.recipes.find_mismatch import find_mismatch
from vpreg.recipes.settings import Mode, VolumeSettings


def texture(*, waves):
    return torch.sin(waves * offsets()[0]) * torch.sin(waves * offsets()[1] / 2)


def seen(u, *, unlike=0.0):
    """Let the scans be alike but for a ball of the radius `unlike` in the fixed one."""
    before = prepared()
    moving = texture(waves=1.0) * before.moving_organ
    other = texture(waves=1.7).roll(3, 2)
    fixed = torch.where(from_middle() < unlike, other, warp(moving, u))
    return replace(before, moving=Image(moving, before.grid), fixed=Image(fixed, before.grid))


def ripples(size):
    """Make a field that squeezes and stretches everywhere."""
    return size * torch.sin(offsets().roll(1, 0) * 0.7) + size * torch.sin(offsets() * 0.7)


def marked(case, u, mode=Mode.ATLAS, **settings):
    return find_mismatch(case, u, mode=mode, settings=VolumeSettings(**settings)).moving_mask


@pytest.mark.parametrize("mode", Mode)
def test_a_lesion_that_was_squeezed_into_likeness_is_marked_all_the_same(mode):
    u = squeezing(0.5)

    mask = marked(seen(u), u, mode)

    assert mask[from_middle() < 3].min() > 0.9
    assert mask[(from_middle() > 11) & (from_middle() < 13)].max() < 0.05


@pytest.fixture
def among_ripples():
    return squeezing(0.35, width=4.0) + ripples(0.2)


def test_an_atlas_marks_what_shrank_and_stayed_unlike_where_much_changes_its_size(among_ripples):
    mask = marked(seen(among_ripples, unlike=5.0), among_ripples)

    assert mask[from_middle() < 3].mean() > 0.8
    assert mask[(from_middle() > 9) & (from_middle() < 12)].max() < 0.05


def test_an_atlas_lets_anatomy_change_its_size_that_became_alike_by_it(among_ripples):
    assert marked(seen(among_ripples), among_ripples).max() < 0.05


def test_the_limit_for_what_stayed_unlike_can_be_taken_away(among_ripples):
    case = seen(among_ripples, unlike=5.0)

    assert marked(case, among_ripples, atlas_unlike_over_median=1e3).max() < 0.05
