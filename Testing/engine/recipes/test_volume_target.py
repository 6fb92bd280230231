"""What stage 2 keeps the volume of."""

from dataclasses import replace

import pytest
import torch

from Testing.engine.recipes.squeezed_cases import from_middle, prepared
from vpreg.recipes.find_mismatch import Mismatch
from vpreg.recipes.settings import Settings, VolumeSettings
from vpreg.recipes.stages import stages_of
from vpreg.recipes.volume_target import volume_target


def mismatch(mask):
    return Mismatch(fixed_mask=mask, moving_mask=mask, organ_ratio=1.0, doubtful=0.3 * mask)


@pytest.fixture
def mask():
    return (from_middle() < 6).float()


def test_what_the_mask_is_sure_of_is_a_lesion_with_a_volume_to_keep(mask):
    target = volume_target(mismatch(mask), prepared(), VolumeSettings(kept_scale_mm=3.0))

    (lesion,) = target.lesions
    assert torch.equal(lesion, mask)
    assert target.scale_mm == 3.0
    assert torch.equal(target.doubtful, 0.3 * mask)


def test_lesions_that_are_given_are_kept_more_exactly_and_alone(mask):
    given = (from_middle() < 4).float()
    case = replace(prepared(), lesions=(given,))

    target = volume_target(mismatch(mask), case, VolumeSettings())

    assert target.lesions == (given,)
    found = volume_target(mismatch(mask), prepared(), VolumeSettings())
    assert target.lesion_tolerance < found.lesion_tolerance


def test_an_uncertain_mask_constrains_no_lesion(mask):
    assert volume_target(mismatch(0.4 * mask), prepared(), VolumeSettings()).lesions == ()


def test_only_stage_two_keeps_part_of_what_it_starts_from():
    stages = stages_of(Settings(volume=VolumeSettings(kept_start=0.3)))

    assert (stages.first.kept_start, stages.second.kept_start) == (0.0, 0.3)
