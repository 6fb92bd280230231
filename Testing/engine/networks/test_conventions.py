"""Fields in voxels and axis order, whatever the authors counted in (T8, T9)."""

import torch

from Testing.engine.networks.network_cases import fill, small_network, small_pair
from vpreg.fields.compose import compose
from vpreg.fields.sampling import voxel_coordinates
from vpreg.networks.affine_stem import affine_field
from vpreg.networks.architectures import Architecture
from vpreg.networks.batches import integrate_batch
from vpreg.networks.voxelmorph_dense import resize_by_corners
from vpreg.networks.voxelmorph_diffeomorphic import double_from_origin

SHAPE = (16, 24, 40)


class ConstantLevel(torch.nn.Module):
    """Stands in for a level: a constant residual in units, channel 0 along the last axis."""

    def __init__(self, units):
        super().__init__()
        self.units = torch.tensor(units).view(1, 3, 1, 1, 1)

    def forward(self, inputs, _):
        return self.units.expand(1, 3, *inputs.shape[2:]), torch.zeros(1)


def constant_lapirn(architecture, *units, **settings):
    network = small_network(architecture, **settings)
    network.levels = torch.nn.ModuleList(ConstantLevel(u) for u in units)
    return network


def along(k, j, i, shape=SHAPE):
    return torch.tensor([k, j, i]).view(3, 1, 1, 1).expand(3, *shape)


def test_a_unit_of_lapirn_is_half_of_the_way_between_the_corners():
    still = (0.0, 0.0, 0.0)
    network = constant_lapirn(Architecture.LAPIRN_DISPLACEMENT, still, still, (0.1, 0.2, 0.4))

    u = network(*small_pair(SHAPE)).u[0]

    torch.testing.assert_close(u, along(0.4 * 15 / 2, 0.2 * 23 / 2, 0.1 * 39 / 2))


def test_levels_of_lapirn_add_up_in_units():
    one = (0.1, 0.0, 0.0)
    network = constant_lapirn(Architecture.LAPIRN_DISPLACEMENT, one, one, one)

    found = network(*small_pair(SHAPE))

    torch.testing.assert_close(found.u[0], along(0.0, 0.0, 0.3 * 39 / 2))
    sizes = [level[0, 2].mean().item() for level in found.levels]
    torch.testing.assert_close(sizes, [0.1 * 9 / 2, 0.2 * 19 / 2, 0.3 * 39 / 2])


def test_a_unit_keeps_its_length_on_a_larger_grid_than_home():
    units = [(0.0, 0.0, 0.0), (0.0, 0.0, 0.0), (0.1, 0.0, 0.0)]
    architecture = Architecture.LAPIRN_DISPLACEMENT
    network = constant_lapirn(architecture, *units, home_shape=[16, 24, 24])

    u = network(*small_pair(SHAPE)).u[0]

    torch.testing.assert_close(u, along(0.0, 0.0, 0.1 * 23 / 2))


def test_a_constant_velocity_moves_by_itself():
    units = [(0.0, 0.0, 0.0), (0.0, 0.0, 0.0), (0.1, 0.2, 0.4)]
    network = constant_lapirn(Architecture.LAPIRN_DIFFEOMORPHIC, *units)

    u = network(*small_pair(SHAPE)).u[0]

    torch.testing.assert_close(u, along(0.4 * 15 / 2, 0.2 * 23 / 2, 0.1 * 39 / 2))


def test_the_halved_lapirn_moves_twice_as_many_whole_voxels():
    network = small_network(Architecture.LAPIRN_HALVED)
    still = (0.0, 0.0, 0.0)
    levels = (ConstantLevel(u) for u in (still, still, (0.1, 0.0, 0.0)))
    network.pyramid.levels = torch.nn.ModuleList(levels)
    shape = (16, 32, 48)

    u = network(*small_pair(shape)).u[0]

    torch.testing.assert_close(u, along(0.0, 0.0, 2 * 0.1 * 23 / 2, shape))


def test_the_velocity_at_half_resolution_counts_half_voxels():
    network = small_network(Architecture.VOXELMORPH_DIFFEOMORPHIC)
    fill(network.mean, weight=0.0, bias=[0.5, -1.0, 2.0])
    shape = (16, 32, 48)

    u = network(*small_pair(shape)).u[0]

    torch.testing.assert_close(u, along(1.0, -2.0, 4.0, shape))


def test_doubling_from_the_origin_keeps_a_ramp_until_the_last_voxel():
    ramp = voxel_coordinates((4, 5, 6))[None] * 0.1

    doubled = double_from_origin(ramp)[0]

    expected = voxel_coordinates((8, 10, 12)) * 0.1
    torch.testing.assert_close(doubled[:, :-1, :-1, :-1], expected[:, :-1, :-1, :-1])


def test_resizing_by_corners_keeps_the_corners():
    ramp = voxel_coordinates((4, 5, 6))[None]

    doubled = resize_by_corners(ramp, 2.0)[0]

    torch.testing.assert_close(doubled[:, -1, -1, -1], torch.tensor([6.0, 8.0, 10.0]))


def test_a_sample_of_the_velocity_differs_in_training_only():
    network = small_network(Architecture.VOXELMORPH_DIFFEOMORPHIC)
    fill(network.log_variance, weight=0.0, bias=0.0)
    pair = small_pair((16, 16, 16))

    calm = [network.eval()(*pair).u for _ in range(2)]
    sampled = [network.train()(*pair).u for _ in range(2)]

    assert torch.equal(*calm)
    assert not torch.allclose(*sampled)


def test_an_affine_stem_scales_about_the_middle():
    parameters = torch.zeros(1, 3, 4)
    parameters[0, 1, 1] = 0.5
    parameters[0, 2, 3] = 0.25

    u = affine_field(parameters, (4, 6, 8))[0]

    lines = torch.arange(6.0) - 2.5
    torch.testing.assert_close(u[1, 0, :, 0], 0.5 * lines)
    torch.testing.assert_close(u[2], torch.ones(4, 6, 8))
    assert u[0].abs().max() == 0


def test_cascades_share_the_reach_and_add_up():
    network = small_network(Architecture.VTN, affine_stem=False)
    for cascade in network.cascades:
        fill(cascade.last, weight=0.0, bias=[0.1, 0.0, -0.2])

    u = network(*small_pair()).u[0]

    torch.testing.assert_close(u, along(2.0, 0.0, -4.0, (64, 64, 64)))


def test_a_cascade_sees_what_the_affine_stem_has_moved():
    network = small_network(Architecture.VTN)
    fill(network.stem.last, weight=0.0, bias=[0.0] * 11 + [4 / 32])
    for cascade in network.cascades:
        fill(cascade.last, weight=0.0)
    seen = []
    network.cascades[0].register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    fixed, moving = small_pair()

    u = network(fixed, moving).u[0]

    torch.testing.assert_close(u, along(0.0, 0.0, 4.0, (64, 64, 64)))
    torch.testing.assert_close(seen[0][0, 1, :, :, :60], moving[0, 0, :, :, 4:])
    assert torch.equal(seen[0][:, :1], fixed)


def test_integration_undoes_itself_backwards():
    made = torch.Generator().manual_seed(4)
    coarse = torch.randn(1, 3, 4, 4, 4, generator=made, dtype=torch.float64)
    v = torch.nn.functional.interpolate(coarse, scale_factor=6, mode="trilinear")

    there, back = integrate_batch(v), integrate_batch(-v)

    rest = compose(there[0], back[0])[:, 5:-5, 5:-5, 5:-5]
    assert there.abs().mean() > 0.3
    assert rest.abs().mean() < 0.01
