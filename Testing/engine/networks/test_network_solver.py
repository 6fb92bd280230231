"""A network as a solver: its own grid and back, weights, masks, refinement."""

import dataclasses

import numpy as np
import pytest
import torch

from vpreg.fields.folds import fold_mask
from vpreg.fields.warp import warp
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.networks.architectures import Architecture
from vpreg.networks.home_grid import HomeGrid
from vpreg.networks.model_card import ModelCard
from vpreg.networks.network import FieldNetwork, Prediction
from vpreg.networks.store import Model
from vpreg.solvers.carry_field import carry_field
from vpreg.solvers.network import NetworkSolver
from vpreg.solvers.objective import Objective, VolumeTarget
from vpreg.synthetic.noise import smooth_noise
from vpreg.synthetic.randomness import Randomness

SHAPE = (40, 48, 44)
SPACING = (2.0, 1.5, 1.0)
HOME = HomeGrid((48, 72, 80), (1.0, 1.0, 1.0), "LAS", grey_value_of_one=0.5)


class Told(FieldNetwork):
    """Predicts one displacement everywhere, in voxels of its own grid, and keeps what it saw."""

    def __init__(self, voxels, *, mask_channel=False):
        super().__init__(mask_channel=mask_channel)
        self.voxels = torch.tensor(voxels).view(1, 3, 1, 1, 1)
        self.seen = []

    def forward(self, fixed, moving, mask=None):
        self.seen.append((fixed, moving, mask))
        u = self.voxels.expand(1, 3, *fixed.shape[2:])
        return Prediction(u=u, smooth=(u,))


def model(network, **training):
    card = ModelCard(
        "told", Architecture.VOXELMORPH_1, {}, HOME, "", "MIT", "a test", training=training
    )
    return Model(card, network.eval())


def pair(shift=0):
    """Make a head-like blob with texture, and the same some voxels further along the last axis."""
    noise = smooth_noise(Randomness(0, "cpu"), SHAPE, spacing_voxels=3.0)[0]
    lines = torch.meshgrid(*(torch.linspace(-1, 1, n) for n in SHAPE), indexing="ij")
    inside = sum(line.square() for line in lines) < 0.6
    voxels = (0.6 + 0.15 * noise).clamp(0.2, 1.0) * inside
    grid = Grid(SHAPE, SPACING)
    return Image(voxels, grid), Image(voxels.roll(shift, dims=2), grid)


def centre(u):
    return u[:, SHAPE[0] // 2, SHAPE[1] // 2, SHAPE[2] // 2]


def test_its_field_comes_back_in_voxels_and_axes_of_the_pair():
    # Home axes: 0 to L, 1 to A, 2 to S. The pair's: 0 to S (2 mm), 1 to P (1.5 mm), 2 to L (1 mm).
    solver = NetworkSolver(model(Told([2.0, 3.0, 4.0])), refine_iterations=0)

    u = solver.solve(*pair(), objective=Objective())

    torch.testing.assert_close(centre(u), torch.tensor([2.0, -2.0, 2.0]), atol=1e-4, rtol=0)


def test_it_sees_both_scans_on_its_grid_with_its_grey_values():
    network = Told([0.0, 0.0, 0.0])
    fixed, moving = pair(shift=4)

    NetworkSolver(model(network), refine_iterations=0).solve(fixed, moving, objective=Objective())

    (seen_fixed, seen_moving, mask) = network.seen[0]
    assert seen_fixed.shape == (1, 1, *HOME.shape)
    assert mask is None
    assert float(seen_fixed.max()) == pytest.approx(0.5 * float(fixed.voxels.max()), rel=0.1)
    # Home axis 0 points to L like the pair's last axis.
    torch.testing.assert_close(seen_moving[0, 0, 24:44], seen_fixed[0, 0, 20:40])


def test_the_field_ends_at_zero_and_does_not_fold():
    solver = NetworkSolver(model(Told([6.0, 0.0, 0.0])), refine_iterations=0)

    u = solver.solve(*pair(), objective=Objective())

    assert u[:, 0].abs().max() == u[:, :, :, -1].abs().max() == 0
    assert not fold_mask(u).any()


def test_refinement_goes_on_from_its_field():
    fixed, moving = pair(shift=3)
    network = model(Told([2.0, 0.0, 0.0]))

    plain = NetworkSolver(network, 0).solve(fixed, moving, objective=Objective())
    refined = NetworkSolver(network, 12).solve(fixed, moving, objective=Objective())

    def unlike(u):
        return (warp(moving.voxels, u) - fixed.voxels).square().mean()

    assert unlike(refined) < 0.5 * unlike(plain)
    assert centre(refined)[2] == pytest.approx(3.0, abs=0.4)


def test_a_start_is_what_the_network_goes_on_from():
    network = Told([1.0, 0.0, 0.0])
    fixed, moving = pair(shift=3)
    start = torch.zeros(3, *SHAPE)
    start[2] = 2.0

    solver = NetworkSolver(model(network), refine_iterations=0)
    u = solver.solve(fixed, moving, objective=Objective(), start=start)

    assert centre(u)[2] == pytest.approx(3.0, abs=1e-3)
    seen_fixed, seen_moving, _ = network.seen[0]
    torch.testing.assert_close(seen_moving[0, 0, 21:41], seen_fixed[0, 0, 20:40])


def test_where_a_scan_does_not_count_the_network_sees_no_difference():
    network = Told([0.0, 0.0, 0.0])
    fixed, moving = pair()
    moving.voxels[15:25, 20:28, 15:25] = 0.0
    weight = torch.ones(SHAPE)
    weight[14:26, 19:29, 14:26] = 0.0

    NetworkSolver(model(network), 0).solve(fixed, moving, objective=Objective(moving_weight=weight))

    seen_fixed, seen_moving, _ = network.seen[0]
    torch.testing.assert_close(seen_moving, seen_fixed)


def test_the_third_channel_is_organ_plus_mask():
    network = Told([0.0, 0.0, 0.0], mask_channel=True)
    fixed, moving = pair()
    organ = (moving.voxels > 0).float()
    mask = torch.zeros(SHAPE)
    mask[16:24, 20:28, 16:28] = 1.0

    NetworkSolver(model(network), 0).solve(
        fixed, moving, objective=Objective(volume=VolumeTarget(mask, organ))
    )

    third = network.seen[0][2]
    assert third.shape == (1, 1, *HOME.shape)
    assert third.max() == 2.0
    assert third.min() == 0.0
    assert int((third > 1.5).sum()) == pytest.approx(8 * 2 * 8 * 1.5 * 12, rel=0.3)


def test_a_conditional_network_is_told_how_much_volume_counts():
    network = Told([0.0, 0.0, 0.0], mask_channel=True)
    fixed, moving = pair()
    organ = (moving.voxels > 0).float()
    conditional = model(network, conditional_volume=True)
    objective = Objective(volume=VolumeTarget(organ, organ))

    NetworkSolver(conditional, 0, volume_share=0.25).solve(fixed, moving, objective=objective)

    assert float(network.seen[0][2].max()) == pytest.approx(1.25)


@pytest.mark.parametrize(
    ("share", "message"), [(0.5, "conditional model"), (1.5, "from 0 to 1"), (-0.1, "from 0 to 1")]
)
def test_a_volume_share_that_means_nothing_is_refused(share, message):
    plain = model(Told([0.0, 0.0, 0.0], mask_channel=True))

    with pytest.raises(ValueError, match=message):
        NetworkSolver(plain, volume_share=share)


def test_progress_runs_from_nothing_to_all():
    told = []

    NetworkSolver(model(Told([0.0, 0.0, 0.0])), 3).solve(
        *pair(), objective=Objective(), progress=told.append
    )

    assert told == sorted(told)
    assert told[0] == 0.0
    assert told[-1] == pytest.approx(1.0)


def test_a_field_survives_the_way_to_a_turned_grid_and_back():
    grid = Grid((20, 24, 22), (1.0, 1.2, 0.9))
    angle = np.deg2rad(20)
    turn = np.array(
        [[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]]
    )
    rows = [tuple(row) for row in (turn @ np.asarray(grid.direction)).tolist()]
    turned = dataclasses.replace(
        grid, shape=(40, 60, 60), direction=tuple(rows), origin_lps=(-10.0, -22.0, -8.0)
    )
    lines = torch.meshgrid(*(torch.linspace(0, 1, n) for n in grid.shape), indexing="ij")
    u = torch.stack([lines[0] + lines[1], lines[2] * 2, lines[0] - lines[2]])

    there = carry_field(u, grid=grid, new_grid=turned)
    back = carry_field(there, grid=turned, new_grid=grid)

    inner = (slice(None), *[slice(2, -2)] * 3)
    torch.testing.assert_close(back[inner], u[inner], atol=0.02, rtol=0)
