"""The tissue of a volume target keeps its volume."""

from dataclasses import replace

import pytest
import torch

from Testing.engine.solvers.pair_cases import ball, squeeze, texture
from vpreg.fields.jacobian import jacobian_determinant
from vpreg.fields.sampling import voxel_coordinates
from vpreg.fields.warp import warp
from vpreg.images.grid import Grid
from vpreg.solvers.level import plan_level
from vpreg.solvers.objective import Objective, VolumeTarget
from vpreg.solvers.pair import PairSolver
from vpreg.solvers.volume_step import VolumeKeeper

SHAPE = (48, 48, 48)
CENTRE = (23.5, 23.5, 23.5)
FIRST, SECOND = (16.0, 24.0, 22.0), (33.0, 25.0, 26.0)


def target(mask=None, organ=None, lesions=(), scale_mm=0.0):
    organ = ball(SHAPE, CENTRE, 20.0) if organ is None else organ
    mask = torch.zeros(SHAPE) if mask is None else mask
    return VolumeTarget(mask=mask, organ=organ, lesions=lesions, scale_mm=scale_mm)


def keeper_of(volume, spacing_mm=(1.0, 1.0, 1.0)):
    return VolumeKeeper(volume, plan_level(Grid(SHAPE, spacing_mm), 1, 1.0))


def relative_determinant(u, organ):
    return jacobian_determinant(u) * (warp(organ, u).sum() / organ.sum())


def ratio_of(u, tissue):
    return float(warp(tissue, u).sum() / tissue.sum())


@pytest.mark.parametrize("strength", [0.3, -0.25])
@pytest.mark.parametrize("spacing_mm", [(1.0, 1.0, 1.0), (2.0, 1.0, 1.0)])
def test_settling_brings_the_tissue_back_to_its_volume(strength, spacing_mm):
    mask, organ = ball(SHAPE, CENTRE, 8.0), ball(SHAPE, CENTRE, 20.0)
    u = squeeze(SHAPE, CENTRE, strength, 6.0)
    inside = warp(mask, u) > 0.99
    assert (relative_determinant(u, organ)[inside].mean() - 1).abs() > 0.2

    settled = keeper_of(target(mask, organ), spacing_mm).settle(u, rounds=12)

    det = relative_determinant(settled, organ)[warp(mask, settled) > 0.99]
    assert det.mean() == pytest.approx(1.0, abs=0.02)
    assert (det - 1).abs().mean() < 0.04


def test_tissue_outside_the_mask_is_moved_and_not_squeezed():
    mask, organ = ball(SHAPE, CENTRE, 8.0), ball(SHAPE, CENTRE, 20.0)
    u = squeeze(SHAPE, CENTRE, 0.3, 3.0)

    settled = keeper_of(target(mask, organ)).settle(u, rounds=12)

    far = (ball(SHAPE, CENTRE, 13.0) == 0) & (ball(SHAPE, CENTRE, 20.0) == 1)
    change = (jacobian_determinant(settled) - jacobian_determinant(u))[far].abs()
    assert change.mean() < 0.01
    assert change.max() < 0.05


def test_a_corrected_step_squeezes_nothing_in_the_mask():
    mask = ball(SHAPE, CENTRE, 8.0)
    still = torch.zeros((3, *SHAPE))
    step = squeeze(SHAPE, CENTRE, 0.1, 6.0)
    inside = ball(SHAPE, CENTRE, 6.0) == 1

    corrected = keeper_of(target(mask)).correct(still, step)

    before, after = (jacobian_determinant(v)[inside].sub(1).abs().mean() for v in (step, corrected))
    assert before > 0.1
    assert after < 0.1 * before


def test_volume_kept_on_average_may_change_voxel_by_voxel():
    mask, organ = ball(SHAPE, CENTRE, 9.0), ball(SHAPE, CENTRE, 20.0)
    ripples = squeeze(SHAPE, CENTRE, 0.4, 2.0)
    moved = {}

    for scale_mm in (0.0, 5.0):
        keeper = keeper_of(target(mask, organ, scale_mm=scale_mm))
        moved[scale_mm] = keeper.settle(ripples, rounds=3)

    at = (24, 24, 24)
    dets = {s: float(relative_determinant(u, organ)[at]) for s, u in moved.items()}
    assert abs(dets[0.0] - 1) < 0.5 * abs(dets[5.0] - 1)


def organ_scaled(u, factor):
    """Let everything shrink by `factor` per axis around the middle, on top of `u`."""
    offset = voxel_coordinates(SHAPE) - 23.5
    return u + (factor - 1) * offset


@pytest.mark.parametrize("factor", [1.0, 1.08, 0.95])
def test_each_lesion_gets_the_volume_ratio_of_the_organ(factor):
    lesions = (ball(SHAPE, FIRST, 5.0), ball(SHAPE, SECOND, 4.0))
    u = squeeze(SHAPE, FIRST, 0.3, 4.0) + squeeze(SHAPE, SECOND, -0.2, 4.0)
    u = organ_scaled(u, factor)
    organ = ball(SHAPE, CENTRE, 18.0)

    settled = keeper_of(target(organ=organ, lesions=lesions)).settle_lesions(u, rounds=10)

    wanted = ratio_of(settled, organ)
    assert wanted == pytest.approx(factor**-3, rel=0.02)
    for lesion in lesions:
        assert abs(ratio_of(u, lesion) / wanted - 1) > 0.1
        assert ratio_of(settled, lesion) == pytest.approx(wanted, rel=2e-3)


def test_lesions_are_left_alone_within_the_tolerance():
    lesion = ball(SHAPE, FIRST, 5.0)
    u = squeeze(SHAPE, FIRST, 0.01, 4.0)
    exact = target(organ=ball(SHAPE, CENTRE, 18.0), lesions=(lesion,))
    lenient = replace(exact, lesion_tolerance=0.1)

    assert torch.equal(keeper_of(lenient).settle_lesions(u, rounds=5), u)
    assert not torch.equal(keeper_of(exact).settle_lesions(u, rounds=5), u)


def test_without_lesions_nothing_is_settled():
    u = squeeze(SHAPE, FIRST, 0.3, 4.0)

    assert torch.equal(keeper_of(target()).settle_lesions(u, rounds=5), u)


def test_the_solver_gives_known_lesions_their_volume_on_the_grid_of_the_image():
    moving = texture(SHAPE)
    lesion = ball(SHAPE, CENTRE, 5.0)
    squeezed = squeeze(SHAPE, CENTRE, 0.35, 4.0)
    fixed = moving.with_voxels(warp(moving.voxels, squeezed))
    organ = ball(SHAPE, CENTRE, 20.0)

    plain = PairSolver().solve(fixed, moving, objective=Objective())
    volume = target(lesion, organ, (lesion,))
    kept = PairSolver().solve(fixed, moving, objective=Objective(volume=volume), start=plain)

    assert ratio_of(plain, lesion) < 0.75
    assert ratio_of(kept, lesion) / ratio_of(kept, organ) == pytest.approx(1.0, abs=2e-3)
