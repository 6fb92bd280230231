"""What holds for every network."""

import pytest
import torch

from Testing.engine.networks.network_cases import (
    fill,
    last_layers,
    least_shape,
    small_network,
    small_pair,
)
from vpreg.networks.architectures import Architecture, build_network

every = pytest.mark.parametrize("architecture", Architecture, ids=lambda a: a.value)


@every
def test_it_begins_with_no_motion_once_its_last_weights_are_zero(architecture):
    network = small_network(architecture)
    for layer in last_layers(network, architecture):
        fill(layer, weight=0.0)

    with torch.no_grad():
        found = network(*small_pair(least_shape(network)))

    assert torch.equal(found.u, torch.zeros_like(found.u))


@every
def test_it_makes_a_field_on_the_grid_of_the_images(architecture):
    network = small_network(architecture)
    shape = least_shape(network, times=(1, 1, 2))

    with torch.no_grad():
        found = network(*small_pair(shape))

    assert found.u.shape == (1, 3, *shape)
    assert found.u.isfinite().all()
    assert found.u.abs().max() > 0


@every
def test_pairs_of_a_batch_do_not_mix(architecture):
    network = small_network(architecture)
    fixed, moving = small_pair(least_shape(network), batch=2)

    with torch.no_grad():
        both = network(fixed, moving).u
        second = network(fixed[1:], moving[1:]).u

    torch.testing.assert_close(both[1:], second, rtol=1e-3, atol=1e-5)


@every
def test_the_mask_channel_counts(architecture):
    network = small_network(architecture, mask_channel=True)
    fixed, moving = small_pair(least_shape(network))
    mask = torch.zeros_like(moving)
    mask[..., 4:12, 4:12, 4:12] = 1.0

    with torch.no_grad():
        without = network(fixed, moving).u
        zero = network(fixed, moving, torch.zeros_like(moving)).u
        marked = network(fixed, moving, mask).u

    assert torch.equal(without, zero)
    assert (marked - without).abs().max() > 0


@every
def test_a_mask_without_a_channel_for_it_is_refused(architecture):
    network = small_network(architecture)
    fixed, moving = small_pair(least_shape(network))

    with pytest.raises(ValueError, match="mask channel"):
        network(fixed, moving, torch.zeros_like(moving))


@every
def test_every_weight_gets_a_slope(architecture):
    network = small_network(architecture)
    for layer in last_layers(network, architecture):
        torch.nn.init.normal_(layer.weight, std=0.1)
    fixed, moving = small_pair(least_shape(network))

    network(fixed, moving).u.square().mean().backward()

    without = [name for name, p in network.named_parameters() if p.grad is None]
    unused = {"log_variance.weight", "log_variance.bias"}
    assert set(without) <= unused


@every
def test_a_shape_that_its_strides_do_not_divide_is_refused(architecture):
    network = small_network(architecture)
    odd = torch.zeros(1, 1, network.divisor + 2, network.divisor, network.divisor)

    with pytest.raises(ValueError, match=f"multiples of {network.divisor}"):
        network(odd, odd)


@every
def test_an_unknown_setting_is_named(architecture):
    with pytest.raises(ValueError, match="wings"):
        build_network(architecture, {"wings": 2})
