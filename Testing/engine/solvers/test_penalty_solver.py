"""The solver of the published loss."""

import pytest
import torch

from Testing.engine.solvers.pair_cases import ball, inner, squeeze, swell, texture
from vpreg.fields.folds import count_folds
from vpreg.fields.jacobian import jacobian_determinant
from vpreg.fields.warp import warp
from vpreg.progress import Cancelled
from vpreg.solvers.objective import Objective, VolumeTarget
from vpreg.solvers.penalty import PenaltySolver
from vpreg.solvers.penalty_settings import PenaltySettings

CUBE = (32, 32, 32)
MIDDLE = (16.0, 16.0, 16.0)
QUICK = PenaltySettings(factors=(2, 1), iterations=(40, 10))


def test_a_smooth_deformation_is_mostly_recovered():
    moving, true = texture(CUBE), swell(CUBE, (2.0, -2.0, 2.0))
    fixed = moving.with_voxels(warp(moving.voxels, true))

    found = PenaltySolver(QUICK).solve(fixed, moving, objective=Objective())

    error = inner(found - true).square().sum(0).sqrt().mean()
    assert error < 0.4 * inner(true).square().sum(0).sqrt().mean()
    assert count_folds(found) == 0


def test_the_penalty_keeps_more_volume_the_more_it_weighs():
    moving, true = texture(CUBE), squeeze(CUBE, MIDDLE, 0.3, 4.0)
    fixed = moving.with_voxels(warp(moving.voxels, true))
    mask = ball(CUBE, MIDDLE, 7.0)
    objective = Objective(volume=VolumeTarget(mask=mask, organ=torch.ones(CUBE)))
    middle = mask > 0.9

    def change(weight):
        settings = PenaltySettings(factors=(2, 1), iterations=(40, 10), volume_weight=weight)
        u = PenaltySolver(settings).solve(fixed, moving, objective=objective)
        return float(jacobian_determinant(u)[middle].log().abs().mean())

    none, published, strong = (change(weight) for weight in (0.0, 0.025, 0.25))

    assert none > published > strong


def test_it_tells_its_progress_and_can_be_stopped():
    scan, told = texture((16, 16, 16)), []

    PenaltySolver(QUICK).solve(scan, scan, objective=Objective(), progress=told.append)

    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)

    def stop(_fraction):
        raise Cancelled

    with pytest.raises(Cancelled):
        PenaltySolver(QUICK).solve(scan, scan, objective=Objective(), progress=stop)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"factors": (2, 1)}, "one factor and one number"), ({"step_voxels": 0.0}, "a step above 0"),
     ({"volume_weight": -1.0}, "weights and smoothing of 0 or more"),
     ({"field_factor": 0.5}, "factors of at least 1")],
)  # fmt: skip
def test_settings_that_cannot_be_used_are_refused(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        PenaltySettings(**wrong)
