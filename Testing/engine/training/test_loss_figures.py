"""Figures of validation pairs."""

import math

import pytest
import torch

from Testing.engine.training.loss_cases import (
    Learned,
    ball,
    batched,
    guidance_of,
    home_of,
    pair_of,
    scaling,
    texture,
)
from vpreg.fields.warp import warp
from vpreg.training.loss.pair_figures import PairFigures, field_figures, mean_figures, pair_figures

SHAPE = (24, 24, 24)
HOME = home_of(SHAPE)


def shifted():
    """Return a pair two voxels apart, and the field that aligns it."""
    moving = texture(SHAPE, seed=1).float()
    u = torch.zeros(3, *SHAPE)
    u[1] = 2.0
    return warp(moving, u), moving, u


def test_a_perfect_field_has_perfect_figures():
    fixed, moving, u = shifted()
    labels = torch.zeros(SHAPE).long()
    labels[4:12, 6:14, 8:16], labels[14:20, 10:16, 4:12] = 1, 2
    pair = pair_of(
        fixed, moving, fixed_labels=batched(labels.roll(-2, 1)), moving_labels=batched(labels)
    )

    found = pair_figures(Learned(u), pair, home=HOME)

    assert found.similarity == pytest.approx(1.0, abs=0.05)
    assert found.similarity_before < 0.5
    assert found.dice == 1.0
    assert found.dice_before == pytest.approx((6 / 8 + 4 / 6) / 2)
    assert found.fold_share == 0
    assert found.sdlogj == pytest.approx(0, abs=1e-5)
    assert math.isnan(found.stsr_soft)
    assert found.lesions == 0


def test_a_squeezed_lesion_shows_in_its_stsr():
    # The organ stays as it is, but for the lesion: x -> c + 1.25 (x - c) inside a ball.
    x = scaling(1.25, SHAPE).float()
    distance = x.square().sum(0).sqrt() / 0.25
    u = x * ((10.0 - distance) / 4.0).clamp(0, 1)
    image = texture(SHAPE).float()
    pair = pair_of(
        image,
        image,
        moving_organ=batched(torch.ones(SHAPE)),
        moving_tumor=batched(2.0 * ball(SHAPE, 5.0)),
    )

    found = field_figures(u, pair, home=HOME)

    assert found.stsr_soft == pytest.approx(1.25**6, rel=0.15)
    assert found.stsr_hard == pytest.approx(1.25**6, rel=0.3)
    assert (found.lesions, found.vanished) == (1, 0)


def test_guidance_is_what_the_network_sees():
    network = Learned(torch.zeros(3, *SHAPE))
    image = texture(SHAPE).float()
    mask = ball(SHAPE, 4.0)

    found = pair_figures(
        network, pair_of(image, image), home=HOME, guidance=guidance_of(mask), volume_share=0.5
    )

    torch.testing.assert_close(network.seen, batched(1 + 0.5 * mask))
    assert found.similarity == pytest.approx(1.0, abs=1e-4)


def test_the_mean_leaves_out_what_is_not_known():
    known = {"fold_share": 0.0, "sdlogj": 0.1, "similarity": 0.5, "similarity_before": 0.1}
    rest = {"dice_before": math.nan, "stsr_hard": math.nan}
    one = PairFigures(**known, **rest, dice=0.8, stsr_soft=1.5, lesions=2, vanished=0)
    two = PairFigures(**known, **rest, dice=math.nan, stsr_soft=math.inf, lesions=1, vanished=1)

    mean = mean_figures([one, two])

    assert mean.dice == 0.8
    assert mean.stsr_soft == 1.5
    assert mean.vanished == 0.5
    assert mean.sdlogj == pytest.approx(0.1)
    assert math.isnan(mean.stsr_hard)
