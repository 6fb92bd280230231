"""Training a pyramid level by level."""

import pytest
import torch

from Testing.engine.networks.network_cases import small_network
from Testing.engine.training.loss_cases import guidance_of, moved_pair
from vpreg.fields.warp import warp
from vpreg.networks.architectures import Architecture
from vpreg.networks.lapirn import halve
from vpreg.networks.lapirn_halved import halve_images
from vpreg.similarity.local_ncc import LocalNcc
from vpreg.training.loss.level_schedule import LevelSchedule, level_schedule
from vpreg.training.loss.loss_settings import LossSettings
from vpreg.training.loss.network_loss import network_loss
from vpreg.training.loss.published_settings import published_loss_settings

PYRAMIDS = [
    Architecture.LAPIRN_DISPLACEMENT,
    Architecture.LAPIRN_DIFFEOMORPHIC,
    Architecture.LAPIRN_HALVED,
]
every = pytest.mark.parametrize("architecture", PYRAMIDS, ids=lambda a: a.value)
SHAPE = (32, 32, 32)


def test_levels_follow_each_other_and_thaw():
    schedule = LevelSchedule((10, 10, 20), freeze_steps=3)

    phases = [tuple(schedule.at(step)) for step in (0, 9, 10, 12, 13, 19, 20, 22, 23, 39, 99)]

    assert phases == [
        (1, False), (1, False), (2, True), (2, True), (2, False), (2, False),
        (3, True), (3, True), (3, False), (3, False), (3, False),
    ]  # fmt: skip


def test_a_level_without_steps_is_left_out():
    schedule = LevelSchedule((0, 0, 5), freeze_steps=0)

    assert schedule.at(0) == (3, False)


def test_other_networks_learn_all_at_once():
    network = small_network(Architecture.VOXELMORPH_2)
    schedule = level_schedule(network, 100)

    phase = schedule.apply(network, 0)

    assert phase == (None, False)
    assert all(p.requires_grad for p in network.parameters())


def test_a_pyramid_gets_the_published_shares():
    schedule = level_schedule(small_network(Architecture.LAPIRN_DISPLACEMENT), 120_000)

    assert schedule.steps == (30_000, 30_000, 60_000)
    assert schedule.freeze_steps == 2000


@pytest.mark.parametrize("steps", [(), (1, 2), (5, -1, 5)])
def test_a_schedule_of_no_pyramid_is_refused(steps):
    with pytest.raises(ValueError, match=r"steps of 3 levels"):
        LevelSchedule(steps)


@every
def test_what_is_frozen_stays_as_it_is(architecture):
    network = small_network(architecture).train()
    schedule = LevelSchedule((2, 2, 2), freeze_steps=1)
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-2)
    pair, settings = moved_pair(SHAPE), published_loss_settings(architecture)
    moved = []

    for step in range(6):
        before = [[p.detach().clone() for p in m.parameters()] for m in network.level_modules()]
        phase = schedule.apply(network, step)
        optimiser.zero_grad()
        network_loss(network, pair, settings, level=phase.level).total.backward()
        optimiser.step()
        moved.append([
            any(not torch.equal(p, old) for p, old in zip(m.parameters(), olds, strict=True))
            for m, olds in zip(network.level_modules(), before, strict=True)
        ])  # fmt: skip

    assert moved == [
        [True, False, False],
        [True, False, False],
        [False, True, False],
        [True, True, False],
        [False, False, True],
        [True, True, True],
    ]


@pytest.mark.parametrize("level", [1, 2, 3])
@every
def test_the_loss_of_a_level_is_its_own_similarity_pyramid(architecture, level):
    network = small_network(architecture)
    pair = moved_pair(SHAPE)
    images = [pair.fixed, pair.moving]
    if architecture is Architecture.LAPIRN_HALVED:
        images = [halve_images(x) for x in images]
    for _ in range(3 - level):
        images = [halve(x) for x in images]
    with torch.no_grad():
        u = network(pair.fixed, pair.moving, levels=level).levels[-1][0]

        losses = network_loss(network, pair, LossSettings(windows_voxels=(3, 5, 7)), level=level)

    fixed, warped = images[0], warp(images[1][0, 0], u)[None, None]
    expected = 0.0
    for scale, window in enumerate((3, 5, 7)[:level][::-1]):
        term = LocalNcc(fixed[0, 0], radius_voxels=window // 2)
        expected += float(term.value_and_gradient(warped[0, 0])[0]) / 2**scale
        fixed, warped = halve(fixed), halve(warped)
    assert float(losses.parts["similarity"]) == pytest.approx(expected, rel=1e-5)


def test_volume_counts_more_from_level_to_level():
    network = small_network(Architecture.LAPIRN_DISPLACEMENT, mask_channel=True)
    pair = moved_pair(SHAPE)
    guidance = guidance_of((pair.moving[0, 0] > 0.5).float())
    settings = LossSettings(windows_voxels=(3,), smoothness_weight=0.0, volume_weight=10.0)
    weights = []

    for level in (1, 2, 3, None):
        with torch.no_grad():
            losses = network_loss(network, pair, settings, guidance=guidance, level=level)
        rest = float(losses.total - losses.parts["similarity"])
        weights.append(rest / float(losses.parts.get("volume", 1.0)))

    assert weights == pytest.approx([0, 5, 10, 10], rel=1e-3)


@every
def test_the_first_level_costs_a_fraction_of_all(architecture):
    network = small_network(architecture)
    voxels = []
    for module in network.modules():
        if isinstance(module, torch.nn.Conv3d):
            module.register_forward_hook(lambda _m, _i, out: voxels.append(out[0, 0].numel()))
    pair = moved_pair(SHAPE)

    with torch.no_grad():
        network(pair.fixed, pair.moving, levels=1)
        first, _ = sum(voxels), voxels.clear()
        network(pair.fixed, pair.moving)

    assert first < 0.05 * sum(voxels)
