"""What a network that was trained behind another one is shown."""

from dataclasses import replace

import pytest
import torch

from vpreg.fields.warp import warp
from vpreg.images.cropping import Box
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.recipes.find_mismatch import find_mismatch
from vpreg.recipes.paper_mismatch import mask_as_in_training
from vpreg.recipes.prepare import Prepared
from vpreg.recipes.settings import Mode, VolumeSettings
from vpreg.solvers.network import _third_channel
from vpreg.solvers.objective import Objective, VolumeTarget

SIZE = 32


def offsets():
    axis = torch.arange(SIZE) - (SIZE - 1) / 2
    return torch.stack(torch.meshgrid(axis, axis, axis, indexing="ij"))


def prepared():
    organ = (offsets().norm(dim=0) < 13).float()
    grid = Grid((SIZE,) * 3, (2.0,) * 3, (0.0,) * 3, ((1, 0, 0), (0, 1, 0), (0, 0, 1)))
    scan = Image(organ, grid)
    return Prepared(Box((0,) * 3, (SIZE,) * 3), scan, scan, organ, organ, (), None, None)


def squeezing(factor):
    """Squeeze the middle: there lengths become 1 / (1 + factor) of what they were."""
    distance = offsets().norm(dim=0)
    return factor * offsets() * torch.exp(-((distance / 5) ** 2))


def test_squeezed_tissue_is_marked_and_the_rest_is_exactly_zero():
    distance = offsets().norm(dim=0)

    mask = mask_as_in_training(prepared(), squeezing(0.5), mode=Mode.ATLAS)

    assert mask[distance < 1.5].min() > 0.9
    assert mask[(distance > 10) & (distance < 12)].max() < 0.05
    assert mask[distance > 14].max() == 0


def test_stretched_tissue_is_marked_between_two_dates_only():
    stretched = squeezing(-0.4)

    of_a_follow_up = mask_as_in_training(prepared(), stretched, mode=Mode.FOLLOW_UP)
    of_an_atlas = mask_as_in_training(prepared(), stretched, mode=Mode.ATLAS)

    middle = offsets().norm(dim=0) < 1.5
    assert of_a_follow_up[middle].min() > 0.9
    assert of_an_atlas[middle].max() < 0.05


@pytest.mark.parametrize("mode", Mode)
def test_a_lesion_that_was_squeezed_into_likeness_is_marked_all_the_same(mode):
    u, before = squeezing(0.5), prepared()
    texture = torch.sin(offsets()[0]) * torch.sin(offsets()[1] / 2) * before.moving_organ
    moving = Image(texture, before.grid)
    alike = replace(before, moving=moving, fixed=Image(warp(texture, u), before.grid))

    mask = find_mismatch(alike, u, mode=mode, settings=VolumeSettings()).moving_mask

    distance = offsets().norm(dim=0)
    assert mask[distance < 3].min() > 0.9
    assert mask[(distance > 11) & (distance < 13)].max() < 0.05


def test_the_network_sees_it_in_place_of_the_mask_that_volume_is_kept_in():
    organ = torch.ones((4, 4, 4))
    kept, seen = 0.25 * organ, 0.75 * organ

    channels = [
        _third_channel(Objective(volume=VolumeTarget(kept, organ, seen_mask=mask)), 1.0)
        for mask in (seen, None)
    ]

    assert channels[0].unique().tolist() == [1.75]
    assert channels[1].unique().tolist() == [1.25]
