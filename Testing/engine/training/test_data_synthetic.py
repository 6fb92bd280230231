"""Pairs of the generator as something to train on."""

from dataclasses import replace

import pytest
import torch

from Testing.engine.training.data_cases import assert_same, tensors
from vpreg.fields.warp import warp
from vpreg.images.interpolation import Interpolation
from vpreg.synthetic.pair_settings import PairSettings
from vpreg.synthetic.pairs import make_training_pair
from vpreg.training.data.data_settings import DataSettings
from vpreg.training.data.open_pairs import open_pairs
from vpreg.training.data.shared_labels import seen_in_both

SHAPE = (40, 48, 44)
SETTINGS = DataSettings(
    home_shape=SHAPE,
    grey_value_of_one=0.5,
    validation_pairs=3,
    synthetic=replace(PairSettings(), lesions=(3, 6), thick_slices=0.5),
)


def test_pairs_of_the_generator_have_the_form_that_was_agreed():
    source = open_pairs(SETTINGS)

    pair = source.pair(0)

    assert source.labels == tuple(range(1, 17))
    assert all(value.shape == (1, 1, *SHAPE) for value in tensors(pair).values())
    assert float(pair.fixed.max()) == pytest.approx(0.5)
    assert set(torch.unique(pair.fixed_labels).tolist()) <= {0, *source.labels}
    assert set(torch.unique(pair.moving_organ).tolist()) == {0.0, 1.0}
    assert pair.fixed_tumor is not None


def test_some_pairs_of_the_generator_come_in_thick_slices():
    source = open_pairs(SETTINGS)

    acquired = [source.pair(step).fixed_acquired for step in range(8)]

    given = [mask for mask in acquired if mask is not None]
    assert 0 < len(given) < 8
    assert all(set(torch.unique(mask).tolist()) == {0.0, 1.0} for mask in given)


def test_a_step_gives_the_same_pair_in_any_order_and_run():
    first = open_pairs(SETTINGS)
    made = [first.pair(step) for step in range(3)]

    second = open_pairs(SETTINGS)

    for step in (2, 0, 1):
        assert_same(second.pair(step), made[step])


def test_no_two_steps_processes_seeds_or_validation_pairs_are_alike():
    source = open_pairs(SETTINGS)
    pairs = [source.pair(0), source.pair(1), *source.validation_pairs()]
    pairs += [open_pairs(SETTINGS, rank=1, ranks=2).pair(2)]
    pairs += [open_pairs(replace(SETTINGS, seed=1)).pair(0)]

    sums = {float(pair.fixed.double().sum()) for pair in pairs}

    assert len(source.validation_pairs()) == 3
    assert len(sums) == len(pairs)


def test_validation_pairs_can_be_sliced_and_counted_from_the_end():
    pairs = open_pairs(SETTINGS).validation_pairs()

    assert_same(pairs[1:][0], pairs[1])
    assert_same(pairs[-1], pairs[2])
    with pytest.raises(IndexError):
        pairs[3]


def test_the_truth_matches_labels_wherever_both_scans_have_one():
    pair = make_training_pair(SETTINGS.generator, seed=4)
    fixed, moving = seen_in_both(pair)

    warped = warp(moving, pair.u_true, interpolation=Interpolation.NEAREST)

    both = (fixed > 0) & (warped > 0)
    assert torch.equal(fixed[both], warped[both])


def test_what_a_lesion_of_either_scan_hides_is_no_label_in_both():
    for seed in range(4):
        pair = make_training_pair(SETTINGS.generator, seed=seed)

        fixed, moving = seen_in_both(pair)

        nearest = Interpolation.NEAREST
        moving_lesion = warp(
            (pair.moving_tumor.voxels > 0).int(), pair.u_true, interpolation=nearest
        )
        warped = warp(moving, pair.u_true, interpolation=nearest)
        assert not fixed[moving_lesion > 0].any()
        assert not fixed[pair.fixed_tumor.voxels > 0].any()
        assert not moving[pair.moving_tumor.voxels > 0].any()
        assert not warped[pair.fixed_tumor.voxels > 0].any()


def test_pairs_without_lesions_keep_nearly_all_labels():
    settings = replace(SETTINGS, synthetic=replace(PairSettings(), lesions=(0, 0)))
    pair = make_training_pair(settings.generator, seed=4)

    fixed, moving = seen_in_both(pair)

    assert torch.equal(moving, pair.moving_tissue.voxels)
    assert float((fixed > 0).sum() / (pair.fixed_tissue.voxels > 0).sum()) > 0.95
