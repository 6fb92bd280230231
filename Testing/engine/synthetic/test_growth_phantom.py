"""The growth phantom of the oracle O11."""

import pytest
import torch

from vpreg.synthetic.growth import GrowthSettings, make_growth_phantom


@pytest.fixture(scope="module")
def phantom():
    return make_growth_phantom(seed=0)


def test_the_lesion_grows_from_radius_8_to_12(phantom):
    voxels = [int(image.voxels.sum()) for image in (phantom.pair.moving_tumor,
                                                    phantom.pair.fixed_tumor)]  # fmt: skip

    assert voxels == [2145, 7238]
    assert phantom.volume_change_ratio == pytest.approx(3.375, rel=1e-3)


def test_undone_growth_has_the_squared_ratio_as_fidelity(phantom):
    assert phantom.true_tvcf == 1.0
    assert phantom.tvcf_of_undone_growth == pytest.approx(3.375**2, rel=2e-3)


def test_landmarks_lie_in_the_organ_and_far_from_the_lesion(phantom):
    centre = torch.tensor(phantom.pair.lesions[0].fixed_centre)
    distance = (phantom.landmarks - centre).norm(dim=1)
    k, j, i = phantom.landmarks.long().T

    assert len(phantom.landmarks) == 40
    assert distance.min() >= 12 + 15
    assert (phantom.pair.fixed_organ.voxels[k, j, i] == 1).all()


def test_nothing_but_the_lesion_and_the_noise_differs(phantom):
    pair = phantom.pair
    away = pair.correspondence.voxels > 0
    grown = (pair.fixed_tumor.voxels > 0) & (pair.moving_tumor.voxels == 0)
    gap = (pair.fixed.voxels - pair.moving.voxels).abs()

    assert gap[away].mean() < 0.02
    assert gap[grown].mean() > 0.3
    assert not pair.u_true.any()


def test_the_organ_has_texture_for_a_similarity_to_hold_on_to(phantom):
    pair = phantom.pair
    healthy = (pair.fixed_organ.voxels > 0) & (pair.fixed_tumor.voxels == 0)

    assert pair.fixed.voxels[healthy].std() > 5 * GrowthSettings().noise


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_a_factor_sets_the_volume_of_the_fixed_lesion(factor):
    phantom = make_growth_phantom(GrowthSettings.by_factor(factor), seed=1)

    voxels = phantom.pair.fixed_tumor.voxels.sum() / phantom.pair.moving_tumor.voxels.sum()

    assert float(voxels) == pytest.approx(factor, rel=0.01)
    assert phantom.volume_change_ratio == pytest.approx(factor, rel=0.01)


def test_a_seed_repeats_its_phantom(phantom):
    again = make_growth_phantom(seed=0)

    assert torch.equal(again.pair.fixed.voxels, phantom.pair.fixed.voxels)
    assert torch.equal(again.landmarks, phantom.landmarks)


def test_landmarks_without_room_are_refused_with_a_sentence():
    with pytest.raises(ValueError, match="Give a larger shape or a smaller landmark distance"):
        make_growth_phantom(GrowthSettings(landmark_distance=70), seed=0)
