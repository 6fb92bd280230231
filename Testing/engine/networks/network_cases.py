"""Small networks of every kind, and pairs to feed them."""

import torch

from vpreg.networks.architectures import Architecture, build_network

SMALL = {
    Architecture.VOXELMORPH_1: {"encoder": [4, 4, 4, 4], "decoder": [4, 4, 4, 4, 4, 4]},
    Architecture.VOXELMORPH_2: {"encoder": [4, 4, 4, 4], "decoder": [4, 4, 4, 4, 4, 4, 4]},
    Architecture.VOXELMORPH_DIFFEOMORPHIC: {"encoder": [4, 4, 4, 4], "decoder": [4, 4, 4, 4, 4]},
    Architecture.VOXELMORPH_DENSE: {"encoder": [4, 4], "decoder": [4, 4, 4]},
    Architecture.VTN: {"cascades": 2, "width": 1},
    Architecture.LAPIRN_DISPLACEMENT: {"channels": 4},
    Architecture.LAPIRN_DIFFEOMORPHIC: {"channels": 4},
    Architecture.LAPIRN_HALVED: {"channels": 4},
    Architecture.TRANSMORPH: {"embedding": 8, "heads": [2, 2, 2, 2], "features": 4},
}
LAST_LAYERS = {
    Architecture.VOXELMORPH_1: ["flow"],
    Architecture.VOXELMORPH_2: ["flow"],
    Architecture.VOXELMORPH_DIFFEOMORPHIC: ["mean"],
    Architecture.VOXELMORPH_DENSE: ["flow"],
    Architecture.VTN: ["cascades.0.last", "cascades.1.last", "stem.last"],
    Architecture.LAPIRN_DISPLACEMENT: [f"levels.{n}.head.2" for n in range(3)],
    Architecture.LAPIRN_DIFFEOMORPHIC: [f"levels.{n}.head.2" for n in range(3)],
    Architecture.LAPIRN_HALVED: [f"pyramid.levels.{n}.head.2" for n in range(3)],
    Architecture.TRANSMORPH: ["flow"],
}


def small_network(architecture, **settings):
    torch.manual_seed(1)
    return build_network(architecture, {**SMALL[architecture], **settings}).eval()


def last_layers(network, architecture):
    """Return the layers whose output is the field, or the velocity, or a part of it."""
    return [network.get_submodule(name) for name in LAST_LAYERS[architecture]]


def fill(layer, *, weight, bias=None):
    with torch.no_grad():
        layer.weight.fill_(weight)
        if layer.bias is not None:
            layer.bias.copy_(torch.tensor(0.0 if bias is None else bias).expand_as(layer.bias))


def small_pair(shape=(64, 64, 64), *, batch=1):
    made = torch.Generator().manual_seed(2)
    fixed, moving = torch.rand(2, batch, 1, *shape, generator=made)
    return fixed, moving


def least_shape(network, *, times=(1, 1, 1)):
    """Return the smallest shape that a network is tested on, with axes that many times as long."""
    n = max(16, network.divisor)
    return tuple(n * t for t in times)
