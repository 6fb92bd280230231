"""The settings of a loss: published ones, and nonsense refused."""

import pytest

from vpreg.networks.architectures import Architecture
from vpreg.training.loss.loss_kinds import AcquiredUse, SimilarityKind, VolumeForm
from vpreg.training.loss.loss_settings import LossSettings
from vpreg.training.loss.published_settings import (
    paper_loss_settings,
    published_loss_settings,
    sparse_loss_settings,
)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"smoothness_weight": -1.0}, "0 or more for smoothness_weight"),
        ({"volume_weight": float("nan")}, "0 or more for volume_weight"),
        ({"label_weight": float("inf")}, "0 or more for label_weight"),
        ({"windows_voxels": ()}, "odd windows"),
        ({"windows_voxels": (3, 4)}, "odd windows"),
        ({"prior_lambda": 0.0}, "above 0 for prior_lambda"),
        ({"support_threshold": 1.0}, "support_threshold from 0"),
        ({"least_determinant": -0.1}, "least_determinant from 0"),
        ({"conditional": True}, "volume_weight above 0"),
    ],
)
def test_nonsense_is_refused_by_a_sentence(change, message):
    with pytest.raises(ValueError, match=message):
        LossSettings(**change)


@pytest.mark.parametrize("architecture", Architecture)
@pytest.mark.parametrize("similarity", [None, *SimilarityKind])
def test_every_network_has_settings_for_every_similarity(architecture, similarity):
    settings = published_loss_settings(architecture, similarity)

    assert settings.smoothness_weight > 0 or settings.prior_weight > 0
    assert settings.volume_weight == 0
    assert similarity is None or settings.similarity is similarity


def test_lapirn_penalises_twice_the_displacement_and_a_third_of_its_squares():
    # (1/3) sum of mean (2 d)² = lambda 4/3 sum mean d², and L_reg is half that sum.
    displacement = published_loss_settings(Architecture.LAPIRN_DISPLACEMENT)
    velocity = published_loss_settings(Architecture.LAPIRN_DIFFEOMORPHIC)

    assert displacement.smoothness_weight == pytest.approx(1.0 * 4 / 3 * 2)
    assert velocity.smoothness_weight == pytest.approx(3.5 * 4 / 3 * 2)
    assert displacement.windows_voxels == (3, 5, 7)


def test_voxelmorph_has_another_smoothness_for_squares():
    ncc = published_loss_settings(Architecture.VOXELMORPH_2)
    squares = published_loss_settings(Architecture.VOXELMORPH_2, SimilarityKind.MEAN_SQUARES)

    assert ncc.windows_voxels == (9,)
    assert squares.smoothness_weight / ncc.smoothness_weight == pytest.approx(0.01)


def test_both_stages_of_the_paper_compare_the_images_alike():
    first, second = paper_loss_settings(volume_weight=0.0), paper_loss_settings()

    assert first.similarity is second.similarity is SimilarityKind.PAPER_PEARSON
    assert first.smoothness_weight == second.smoothness_weight == 1.0
    assert second.volume_weight == pytest.approx(0.1 / 4)
    assert second.volume_form is VolumeForm.PAPER
    assert published_loss_settings(Architecture.VTN) == first


def test_sparsevm_takes_squares_on_the_support():
    settings = sparse_loss_settings(support_threshold=0.3)

    assert settings.similarity is SimilarityKind.MEAN_SQUARES
    assert settings.acquired is AcquiredUse.SUPPORT
    assert settings.smoothness_weight == pytest.approx(0.4 * 2 / 3)
