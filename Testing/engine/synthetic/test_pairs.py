"""Synthetic training pairs."""

import math
from dataclasses import replace

import pytest
import torch

from vpreg.fields.jacobian import jacobian_determinant
from vpreg.fields.warp import warp
from vpreg.images.interpolation import Interpolation
from vpreg.synthetic.pair_settings import PairSettings
from vpreg.synthetic.pairs import make_training_pair, training_pairs

SMALL = PairSettings.for_shape((48, 52, 44))
CUBE = PairSettings.for_shape((48, 48, 48))
SEEDS = range(8)


@pytest.fixture(scope="module")
def pairs():
    return [make_training_pair(SMALL, seed=seed) for seed in SEEDS]


def dice(a, b):
    return float(2 * (a & b).sum() / (a.sum() + b.sum()))


def count(image, label):
    return int((image.voxels == label).sum())


def test_a_seed_repeats_its_pair(pairs):
    again = make_training_pair(SMALL, seed=3)

    for name in ("fixed", "moving", "fixed_tumor", "moving_tissue"):
        assert torch.equal(getattr(again, name).voxels, getattr(pairs[3], name).voxels)
    assert torch.equal(again.u_true, pairs[3].u_true)


def test_the_stream_counts_its_seeds_up(pairs):
    stream = training_pairs(SMALL, first_seed=0)

    first, second = next(stream), next(stream)

    assert (first.seed, second.seed) == (0, 1)
    assert torch.equal(second.fixed.voxels, pairs[1].fixed.voxels)


def test_no_true_field_folds(pairs):
    assert min(float(jacobian_determinant(pair.u_true).min()) for pair in pairs) > 0


def test_every_lesion_has_its_declared_volume(pairs):
    lesions = [(pair, lesion) for pair in pairs for lesion in pair.lesions]

    assert len(lesions) > 8
    for pair, lesion in lesions:
        voxel_ml = pair.fixed.grid.voxel_volume_mm3 / 1000
        assert count(pair.fixed_tumor, lesion.label) * voxel_ml == pytest.approx(lesion.fixed_ml)
        assert count(pair.moving_tumor, lesion.label) * voxel_ml == pytest.approx(lesion.moving_ml)


def test_lesions_change_by_the_chosen_factors():
    settings = replace(CUBE, lesions=(1, 1), lesion_radius=(6, 7), size_factor=(2, 2), one_sided=0)

    found = [
        lesion.volume_change_ratio
        for seed in range(6)
        for lesion in make_training_pair(settings, seed=seed).lesions
    ]

    assert len(found) >= 3
    assert found == pytest.approx([2.0] * len(found), rel=0.01)


def test_some_lesions_exist_in_one_image_only(pairs):
    ratios = [lesion.volume_change_ratio for pair in pairs for lesion in pair.lesions]

    assert any(ratio in (0.0, math.inf) for ratio in ratios)
    assert any(0 < ratio < math.inf for ratio in ratios)


def test_a_lesion_lies_in_the_same_tissue_in_both_images(pairs):
    for pair in pairs:
        for lesion in pair.lesions:
            if lesion.fixed_centre and lesion.moving_centre:
                k, j, i = (round(c) for c in lesion.fixed_centre)
                there = pair.u_true[:, k, j, i] + torch.tensor([k, j, i])
                assert there.tolist() == pytest.approx(lesion.moving_centre, abs=1e-3)


def test_organ_and_tissue_warped_by_the_true_field_are_the_fixed_ones(pairs):
    for pair in pairs:
        known = pair.correspondence.voxels > 0
        warped = warp(pair.moving_tissue.voxels, pair.u_true, interpolation=Interpolation.NEAREST)

        assert ((warped == pair.fixed_tissue.voxels) | ~known).all()
        organ = warp(pair.moving_organ.voxels.float(), pair.u_true) > 0.5
        assert dice(organ & known, (pair.fixed_organ.voxels > 0) & known) > 0.97


def test_images_of_one_contrast_agree_through_the_true_field_away_from_lesions():
    plain = replace(CUBE, same_contrast=1, noise=(0, 0), bias=(0, 0), blur=(0, 0), thick_slices=0)
    pair = make_training_pair(plain, seed=2)
    known = pair.correspondence.voxels > 0
    far = known & (pair.fixed_organ.voxels > 0)

    warped = warp(pair.moving.voxels, pair.u_true)

    stacked = torch.stack([warped[far], pair.fixed.voxels[far]])
    assert torch.corrcoef(stacked)[0, 1] > 0.97


def test_images_lie_between_zero_and_one(pairs):
    for pair in pairs:
        for image in (pair.fixed, pair.moving):
            assert image.voxels.min() == 0
            assert image.voxels.max() == 1


def test_thick_slices_come_with_the_planes_that_were_measured():
    sparse = replace(CUBE, thick_slices=1)

    pair = make_training_pair(sparse, seed=0)

    for acquired in (pair.fixed_acquired, pair.moving_acquired):
        planes = acquired.voxels.float().mean()
        assert 1 / 8 < planes <= 1 / 2


def test_lesions_lie_in_the_organ(pairs):
    for pair in pairs:
        assert (pair.fixed_organ.voxels[pair.fixed_tumor.voxels > 0] == 1).all()
        assert (pair.moving_organ.voxels[pair.moving_tumor.voxels > 0] == 1).all()


def test_mass_effect_presses_the_tissue_that_a_new_lesion_replaces():
    settings = replace(
        CUBE,
        lesions=(1, 1),
        lesion_radius=(6, 6),
        one_sided=1,
        mass_effect=(0.5, 0.5),
        deformation=(0, 0),
        rotation_deg=0,
        translation=0,
    )
    seeds = range(12)
    pushed = [
        pair
        for pair in (make_training_pair(settings, seed=seed) for seed in seeds)
        if pair.lesions and pair.lesions[0].moving_ml == 0
    ]

    pair = pushed[0]

    inside = pair.fixed_tumor.voxels > 0
    # Half of what the lesion covers was pushed out: as much tissue as half its volume is under it.
    determinant = jacobian_determinant(pair.u_true)[inside]
    assert float(determinant.mean()) == pytest.approx(0.5, abs=0.06)


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ({"shape": (20, 96, 96)}, "at least 24 voxels"),
        ({"lesions": (0, 9)}, "Choose lesions from 0 to 6"),
        ({"size_factor": (3.0, 0.3)}, "other way round"),
        ({"one_sided": 1.5}, "Choose one_sided from 0 to 1"),
        ({"noise": (0.0, float("inf"))}, "Choose noise"),
    ],
)
def test_impossible_ranges_are_refused_with_a_sentence(choice, sentence):
    with pytest.raises(ValueError, match=sentence):
        PairSettings(**choice)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
def test_a_pair_is_made_on_the_device_it_is_asked_for():
    pair = make_training_pair(SMALL, seed=0, device="cuda")

    assert pair.fixed.voxels.is_cuda
    assert pair.u_true.is_cuda
