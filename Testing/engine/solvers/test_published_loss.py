"""The published loss against numbers worked out by hand."""

import pytest
import torch

from Testing.engine.solvers.pair_cases import texture
from vpreg.fields.sampling import voxel_coordinates
from vpreg.fields.warp import warp
from vpreg.images.grid import Grid
from vpreg.solvers.level import plan_level
from vpreg.solvers.objective import Objective, VolumeTarget
from vpreg.solvers.penalty_settings import PenaltySettings
from vpreg.solvers.published_loss import PublishedLoss, hard_ratio

SHAPE = (7, 7, 7)
LEVEL = plan_level(Grid(SHAPE), 1, 1.0)


def scaling(k):
    """Return x -> c + k (x - c), whose determinant is k³ everywhere."""
    return (k - 1) * (voxel_coordinates(SHAPE, dtype=torch.float64) - 3.0)


def loss_of(u, mask, organ):
    moving = texture(SHAPE).voxels.double()
    objective = Objective(volume=VolumeTarget(mask=mask, organ=organ))
    return PublishedLoss(warp(moving, u), moving, objective, LEVEL)


def test_a_uniform_stretch_by_hand():
    u = scaling(0.9).requires_grad_()
    everywhere = torch.ones(SHAPE, dtype=torch.float64)

    parts = loss_of(u.detach(), 0.5 * everywhere, everywhere).parts(u)

    # Half the squared slope of each component along its own axis, a mean over the components.
    assert parts.smoothness.item() == pytest.approx(0.5 * 3 * 0.1**2 / 3)
    # The organ fills the image before and after, so d = .9³ = .729 and max(d, 1/d) = 1.3717.
    assert parts.volume.item() == pytest.approx(1 / 0.729)
    # With one half of the weight everywhere a perfect match stays one, up to the 1e-6.
    assert parts.similarity.item() == pytest.approx(0, abs=1e-3)
    total = parts.total(PenaltySettings())
    assert (total - parts.similarity).item() == pytest.approx(0.005 + 0.025 * 1.371742, abs=1e-7)


def test_the_organ_ratio_multiplies_the_determinant():
    # x -> 3 + 2 (x - 3): an organ of 5³ voxels becomes one of 3³, and det · r = 8 · 27 / 125.
    organ = torch.zeros(SHAPE, dtype=torch.float64)
    organ[1:6, 1:6, 1:6] = 1
    u = scaling(2.0)
    loss = loss_of(u, organ, organ)

    assert hard_ratio(organ, u) == loss.organ_ratio(u) == pytest.approx(27 / 125)
    assert float(loss.parts(u).volume) == pytest.approx(8 * 27 / 125)


def test_the_slope_goes_through_the_determinant_and_not_through_the_mask():
    mask = torch.zeros(SHAPE, dtype=torch.float64)
    mask[2:5, 2:5, 2:5] = 1
    shift = torch.full((3, *SHAPE), 0.3, dtype=torch.float64, requires_grad=True)
    everywhere = torch.ones(SHAPE, dtype=torch.float64)

    loss_of(shift.detach(), mask, everywhere).parts(shift).volume.backward()

    # A shift of everything moves the mask, too: its sum over the field says so, and must be none.
    assert shift.grad.any()
    torch.testing.assert_close(shift.grad.sum((1, 2, 3)), torch.zeros(3, dtype=torch.float64))


def test_without_a_mask_the_penalty_is_a_zero_that_can_be_differentiated():
    u = scaling(0.9).requires_grad_()
    moving = texture(SHAPE).voxels.double()

    parts = PublishedLoss(moving, moving, Objective(), LEVEL).parts(u)
    parts.volume.backward()

    assert float(parts.volume.detach()) == 0
    assert not u.grad.any()


def test_the_weights_of_one_pair_are_a_quarter_of_those_of_the_published_batch():
    published = {"similarity": 4.0, "smoothness": 4 * 1.0, "volume": 0.1}
    settings = PenaltySettings()

    assert settings.smoothness_weight == published["smoothness"] / published["similarity"]
    assert settings.volume_weight == published["volume"] / published["similarity"]
