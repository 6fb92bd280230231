"""The whole loss of a network, with numbers by hand and against the formula."""

import pytest
import torch

from Testing.engine.networks.network_cases import least_shape, small_network
from Testing.engine.training.loss_cases import (
    SHAPE,
    Learned,
    batched,
    guidance_of,
    moved_pair,
    pair_of,
    scaling,
    texture,
    wavy,
)
from vpreg.fields.warp import warp
from vpreg.images.grid import Grid
from vpreg.networks.architectures import Architecture
from vpreg.solvers.level import plan_level
from vpreg.solvers.objective import Objective, VolumeTarget
from vpreg.solvers.penalty_settings import PenaltySettings
from vpreg.solvers.published_loss import PublishedLoss
from vpreg.training.loss.loss_kinds import AcquiredUse, SimilarityKind
from vpreg.training.loss.loss_settings import LossSettings
from vpreg.training.loss.network_loss import network_loss
from vpreg.training.loss.published_settings import paper_loss_settings, published_loss_settings

EVERYWHERE = torch.ones(SHAPE, dtype=torch.float64)
CONDITIONAL = LossSettings(
    similarity=SimilarityKind.PAPER_PEARSON, volume_weight=0.5, conditional=True
)


def slope_of(losses, network):
    (slope,) = torch.autograd.grad(losses.total, network.u)
    return slope


def organ_in_the_middle():
    organ = torch.zeros(SHAPE, dtype=torch.float64)
    organ[1:6, 1:7, 1:8] = 1
    return organ


def test_a_uniform_stretch_by_hand():
    moving, u = texture(), scaling(0.9)
    pair = pair_of(warp(moving, u), moving)

    losses = network_loss(
        Learned(u), pair, paper_loss_settings(), guidance=guidance_of(0.5 * EVERYWHERE)
    )

    # Half the squared slope of each component along its own axis, a mean over the components.
    assert float(losses.parts["smoothness"]) == pytest.approx(0.5 * 3 * 0.1**2 / 3)
    assert float(losses.parts["volume"]) == pytest.approx(1 / 0.729)
    expected = 0.005 + 0.025 * 1.371742
    rest = float(losses.total.detach() - losses.parts["similarity"])
    assert rest == pytest.approx(expected, abs=1e-7)


def test_it_is_the_published_loss_of_one_pair_and_so_is_its_slope():
    moving, fixed, u = texture(seed=1), texture(seed=2), wavy() + scaling(1.1)
    organ = organ_in_the_middle()
    mask = texture(seed=3) * organ
    network = Learned(u)
    field = u.clone().requires_grad_()

    losses = network_loss(
        network, pair_of(fixed, moving), paper_loss_settings(), guidance=guidance_of(mask, organ)
    )
    objective = Objective(volume=VolumeTarget(mask=mask, organ=organ))
    published = PublishedLoss(fixed, moving, objective, plan_level(Grid(SHAPE), 1, 1.0))
    expected = published.parts(field).total(PenaltySettings())

    torch.testing.assert_close(losses.total, expected)
    (slope,) = torch.autograd.grad(expected, field)
    torch.testing.assert_close(slope_of(losses, network)[0], slope)


def test_there_is_no_slope_through_the_mask():
    # A shift of everything moves the mask: the sum of the slope says so, and must be none.
    mask = torch.zeros(SHAPE, dtype=torch.float64)
    mask[2:5, 2:5, 2:5] = 1
    network = Learned(0.3 + scaling(1.05))
    pair, guidance = pair_of(texture(seed=1), texture(seed=2)), guidance_of(mask)

    with_volume, without = (
        slope_of(
            network_loss(network, pair, LossSettings(volume_weight=weight), guidance=guidance),
            network,
        )
        for weight in (1.0, 0.0)
    )

    slope = (with_volume - without)[0]
    assert slope.abs().max() > 1e-3
    torch.testing.assert_close(slope.sum((1, 2, 3)), torch.zeros(3, dtype=torch.float64))


def test_a_share_of_zero_is_training_without_volume():
    pair, organ = pair_of(texture(seed=1), texture(seed=2)), organ_in_the_middle()
    guided, alone = Learned(wavy()), Learned(wavy())

    told = network_loss(
        guided, pair, CONDITIONAL, guidance=guidance_of(0.8 * organ, organ), volume_share=0.0
    )
    without = network_loss(alone, pair, LossSettings(similarity=SimilarityKind.PAPER_PEARSON))

    assert "volume" not in told.parts
    torch.testing.assert_close(told.total, without.total)
    torch.testing.assert_close(slope_of(told, guided), slope_of(without, alone))
    torch.testing.assert_close(guided.seen, batched(organ))


def test_the_network_sees_the_share_that_counts():
    pair, organ = pair_of(texture(seed=1), texture(seed=2)), organ_in_the_middle()
    network = Learned(scaling(0.9))
    guidance = guidance_of(0.8 * organ, organ)

    whole = network_loss(network, pair, CONDITIONAL, guidance=guidance)
    part = network_loss(network, pair, CONDITIONAL, guidance=guidance, volume_share=0.25)

    torch.testing.assert_close(network.seen, batched(organ + 0.25 * 0.8 * organ))
    # The mean inside the mask does not change with its height; its weight does.
    torch.testing.assert_close(part.parts["volume"], whole.parts["volume"])
    rest = part.total - part.parts["similarity"] - 2 / 3 * part.parts["smoothness"]
    torch.testing.assert_close(rest.detach(), 0.25 * 0.5 * part.parts["volume"])


def test_a_network_without_a_mask_channel_is_guided_by_its_loss_alone():
    pair, organ = pair_of(texture(seed=1), texture(seed=2)), organ_in_the_middle()
    network = Learned(wavy(), mask_channel=False)

    losses = network_loss(network, pair, paper_loss_settings(), guidance=guidance_of(organ, organ))

    assert network.seen is None
    assert float(losses.parts["volume"]) >= 1


@pytest.mark.parametrize("kind", SimilarityKind)
def test_nothing_to_see_and_nothing_to_keep_is_a_zero_that_can_be_differentiated(kind):
    nothing = torch.zeros(SHAPE, dtype=torch.float64)
    pair = pair_of(texture(seed=1), texture(seed=2), fixed_acquired=batched(nothing))
    network = Learned(wavy())
    settings = LossSettings(similarity=kind, smoothness_weight=0.0, volume_weight=1.0)

    losses = network_loss(network, pair, settings, guidance=guidance_of(nothing, nothing))

    assert float(losses.total.detach()) == 0
    assert torch.equal(slope_of(losses, network), torch.zeros_like(network.u))


def test_only_what_was_acquired_is_compared():
    fixed, moving = texture(seed=1), texture(seed=2)
    acquired = torch.zeros(SHAPE, dtype=torch.float64)
    acquired[::3] = 0.5
    pair = pair_of(fixed, moving, fixed_acquired=batched(acquired))
    settings = LossSettings(similarity=SimilarityKind.MEAN_SQUARES, acquired=AcquiredUse.SUPPORT)

    losses = network_loss(Learned(torch.zeros(3, *SHAPE, dtype=torch.float64)), pair, settings)

    expected = (fixed - moving)[::3].square().mean()
    torch.testing.assert_close(losses.parts["similarity"], expected)


def test_folds_count_by_their_depth():
    # x -> -x along one axis: det J = -1 everywhere.
    u = torch.zeros(3, *SHAPE, dtype=torch.float64)
    u[0] = (-2 * (torch.arange(SHAPE[0], dtype=torch.float64) - 3)).view(-1, 1, 1)
    pair = pair_of(texture(seed=1), texture(seed=2))

    losses = network_loss(Learned(u), pair, LossSettings(antifold_weight=10.0))

    assert float(losses.parts["folding"]) == pytest.approx(1.0)


def test_a_volume_weight_needs_guidance():
    pair = pair_of(texture(), texture())

    with pytest.raises(ValueError, match="guidance of a first network"):
        network_loss(Learned(wavy()), pair, paper_loss_settings())


@pytest.mark.parametrize(
    ("settings", "share", "message"),
    [(paper_loss_settings(), 0.5, "conditional loss"), (CONDITIONAL, 1.5, "from 0 to 1")],
)
def test_a_volume_share_that_means_nothing_is_refused(settings, share, message):
    pair, guidance = pair_of(texture(), texture()), guidance_of(EVERYWHERE)

    with pytest.raises(ValueError, match=message):
        network_loss(Learned(wavy()), pair, settings, guidance=guidance, volume_share=share)


def test_a_network_without_levels_is_trained_as_a_whole():
    with pytest.raises(ValueError, match="as a whole"):
        network_loss(Learned(wavy()), pair_of(texture(), texture()), LossSettings(), level=1)


@pytest.mark.parametrize("architecture", Architecture, ids=lambda a: a.value)
def test_a_network_in_sixteen_bits_has_a_loss_in_single_precision(architecture):
    network = small_network(architecture, mask_channel=True).train()
    pair = moved_pair(least_shape(network))
    settings = published_loss_settings(architecture)
    guidance = guidance_of((pair.moving[0, 0] > 0.5).float())

    with torch.autocast("cpu", torch.bfloat16):
        losses = network_loss(network, pair, settings, guidance=guidance)
    losses.total.backward()

    assert losses.total.dtype is torch.float32
    assert losses.total.isfinite()
    slopes = [p.grad for p in network.parameters() if p.grad is not None]
    assert slopes
    assert all(slope.isfinite().all() for slope in slopes)
