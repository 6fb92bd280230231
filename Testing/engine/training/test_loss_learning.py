"""Every network learns one pair by its published loss."""

import pytest
import torch

from Testing.engine.networks.network_cases import least_shape, small_network
from Testing.engine.training.loss_cases import guidance_of, moved_pair
from vpreg.networks.architectures import Architecture
from vpreg.training.loss.loss_settings import LossSettings
from vpreg.training.loss.network_loss import network_loss
from vpreg.training.loss.published_settings import published_loss_settings


def learn(network, pair, settings, *, steps, **more):
    torch.manual_seed(0)
    optimiser = torch.optim.Adam(network.parameters(), lr=3e-3)
    seen = []
    for _ in range(steps):
        losses = network_loss(network.train(), pair, settings, **more)
        optimiser.zero_grad()
        losses.total.backward()
        optimiser.step()
        seen.append(losses)
    return seen


@pytest.mark.parametrize("architecture", Architecture, ids=lambda a: a.value)
def test_the_loss_of_one_pair_goes_down(architecture):
    settings = {"cascades": 1} if architecture is Architecture.VTN else {}
    network = small_network(architecture, **settings)
    shape = least_shape(network)
    steps = 30 if shape[0] == 16 else 15

    seen = learn(network, moved_pair(shape), published_loss_settings(architecture), steps=steps)

    assert seen[-1].total < 0.75 * seen[0].total
    assert seen[-1].parts["similarity"] < 0.6 * seen[0].parts["similarity"]


def test_volume_is_kept_where_the_guidance_asks_for_it():
    shape = (16, 16, 16)
    pair = moved_pair(shape)
    mask = (pair.moving[0, 0] > 0.3).float()
    found = []

    for weight in (1e-9, 1.0):
        network = small_network(Architecture.VOXELMORPH_2, mask_channel=True)
        settings = LossSettings(smoothness_weight=0.01, volume_weight=weight)
        half = guidance_of(0.5 * mask, mask)
        found.append(learn(network, pair, settings, steps=30, guidance=half)[-1])

    free, kept = found
    assert kept.parts["volume"] < 0.5 * free.parts["volume"]
