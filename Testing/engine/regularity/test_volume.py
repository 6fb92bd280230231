"""Volume preservation on maps of known determinant (O1, O3, O4, T2, T14, T15)."""

import math

import pytest
import torch

from vpreg.fields.sampling import voxel_coordinates
from vpreg.regularity.folding import FoldingBarrier
from vpreg.regularity.rigidity import Rigidity
from vpreg.regularity.volume_preservation import VolumeChange, VolumePreservation
from vpreg.regularity.volume_preservation_paper import VolumePreservationPaper


def linear_map(matrix, shape=(7, 8, 9)):
    x = voxel_coordinates(shape, device=torch.device("cpu"), dtype=torch.float64)
    excess = torch.as_tensor(matrix, dtype=torch.float64) - torch.eye(3, dtype=torch.float64)
    return torch.einsum("ca,akji->ckji", excess, x)


def scaling(k):
    return linear_map(torch.eye(3, dtype=torch.float64) * k)


def turned(degrees):
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]]


@pytest.mark.parametrize("k", [0.8, 1.25])
def test_tissue_that_follows_its_organ_costs_nothing(k):
    u, ratio = scaling(k), k**-3

    ours, _ = VolumePreservation(ratio).value_and_gradient(u)
    paper, _ = VolumePreservationPaper(ratio).value_and_gradient(u)

    assert ours < 1e-9
    assert math.isclose(paper, 1.0, rel_tol=1e-9)


def test_shears_and_turns_keep_the_volume():
    for matrix in (turned(30), [[1.0, 0.7, 0.0], [0.0, 1.0, -0.4], [0.0, 0.0, 1.0]]):
        assert VolumePreservation().value_and_gradient(linear_map(matrix))[0] < 1e-9


def test_the_cost_is_the_size_of_the_logarithm():
    expected = math.sqrt((3 * math.log(1.1)) ** 2 + 0.05**2) - 0.05

    for k in (1.1, 1 / 1.1):
        value, _ = VolumePreservation().value_and_gradient(scaling(k))

        assert math.isclose(value, expected, rel_tol=1e-9)


def test_only_shrinking_is_penalised_when_asked():
    term = VolumePreservation(change=VolumeChange.SHRINK)

    assert term.value_and_gradient(scaling(1.1))[0] > 0.2
    assert term.value_and_gradient(scaling(0.9))[0] < 1e-9


@pytest.mark.parametrize("k", [1.6, 0.4])
def test_the_log_form_keeps_its_slope_where_the_clamp_has_none(k):
    _, ours = VolumePreservation().value_and_gradient(scaling(k))
    _, paper = VolumePreservationPaper().value_and_gradient(scaling(k))

    assert ours.abs().max() > 1e-3
    assert not paper.any()


def test_a_fold_looks_preserved_to_the_paper_but_not_to_us():
    mirrored = linear_map(torch.diag(torch.tensor([1.0, 1.0, -1.0])))

    paper, _ = VolumePreservationPaper().value_and_gradient(mirrored)
    ours, _ = VolumePreservation().value_and_gradient(mirrored)

    assert math.isclose(paper, 1.0, rel_tol=1e-9)
    assert ours > 10.0


def test_a_step_down_the_slope_unfolds():
    u = torch.zeros(3, 9, 9, 9, dtype=torch.float64)
    u[2, 4, 4, 3], u[2, 4, 4, 5] = 1.2, -1.2
    term = FoldingBarrier()

    value, gradient = term.value_and_gradient(u)

    assert value > 0
    assert term.value_and_gradient(u - 20.0 * gradient)[0] < value


def test_only_a_rigid_map_in_mm_is_free():
    spacing = (1.0, 2.0, 0.5)
    turn = torch.tensor(turned(25), dtype=torch.float64)
    s = torch.diag(torch.tensor(spacing, dtype=torch.float64))
    in_voxels = s.inverse() @ turn @ s
    term = Rigidity(spacing)

    assert term.value_and_gradient(linear_map(in_voxels))[0] < 1e-20
    assert term.value_and_gradient(linear_map(turn))[0] > 0.1
    assert term.value_and_gradient(scaling(1.1))[0] > 0.1


def test_a_mirror_image_is_orthonormal_but_not_proper():
    mirrored = linear_map(torch.diag(torch.tensor([1.0, -1.0, 1.0])))

    value, _ = Rigidity().value_and_gradient(mirrored)

    assert torch.isclose(value, torch.tensor(4.0, dtype=torch.float64))


def test_settings_that_make_no_sense_are_refused():
    with pytest.raises(ValueError, match="above zero"):
        VolumePreservation(organ_ratio=0.0)
    with pytest.raises(ValueError, match="above one"):
        VolumePreservationPaper(bound=1.0)
    with pytest.raises(ValueError, match="weight on the grid"):
        VolumePreservation().value_and_gradient(torch.zeros(3, 4, 4, 4), weight=torch.ones(3, 3, 3))
