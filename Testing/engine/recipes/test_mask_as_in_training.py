"""What a network that was trained behind another one is shown."""

import torch

from Testing.engine.recipes.squeezed_cases import from_middle, prepared, squeezing
from vpreg.recipes.paper_mismatch import mask_as_in_training
from vpreg.recipes.settings import Mode
from vpreg.solvers.network import _third_channel
from vpreg.solvers.objective import Objective, VolumeTarget


def test_squeezed_tissue_is_marked_and_the_rest_is_exactly_zero():
    distance = from_middle()

    mask = mask_as_in_training(prepared(), squeezing(0.5), mode=Mode.ATLAS)

    assert mask[distance < 1.5].min() > 0.9
    assert mask[(distance > 10) & (distance < 12)].max() < 0.05
    assert mask[distance > 14].max() == 0


def test_stretched_tissue_is_marked_between_two_dates_only():
    stretched = squeezing(-0.4)

    of_a_follow_up = mask_as_in_training(prepared(), stretched, mode=Mode.FOLLOW_UP)
    of_an_atlas = mask_as_in_training(prepared(), stretched, mode=Mode.ATLAS)

    middle = from_middle() < 1.5
    assert of_a_follow_up[middle].min() > 0.9
    assert of_an_atlas[middle].max() < 0.05


def test_the_network_sees_it_in_place_of_the_mask_that_volume_is_kept_in():
    organ = torch.ones((4, 4, 4))
    kept, seen = 0.25 * organ, 0.75 * organ

    channels = [
        _third_channel(Objective(volume=VolumeTarget(kept, organ, seen_mask=mask)), 1.0)
        for mask in (seen, None)
    ]

    assert channels[0].unique().tolist() == [1.75]
    assert channels[1].unique().tolist() == [1.25]
