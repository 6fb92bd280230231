"""STSR against closed forms: O1, O2, O3, O4, O5, O7."""

from __future__ import annotations

import math

import pytest
import torch

from Testing.engine.metrics.analytic_maps import (
    CENTRE,
    ball,
    bump,
    bump_volume_ratio,
    rotation,
    scaling,
    translation,
)
from vpreg.fields.affine import affine_to_field
from vpreg.images.grid import Grid
from vpreg.metrics.stsr import LesionState, measure_stsr, stsr

SHAPE = (40, 40, 40)
GRID = Grid(SHAPE)


def measure(lesions, organ, u, **options):
    return measure_stsr(
        lesions.to(torch.int32), organ, u, fixed_grid=GRID, moving_grid=GRID, **options
    )


@pytest.mark.parametrize(
    ("tumor", "organ", "expected"),
    [(0.5, 1, 4), (2, 1, 4), (0.9, 0.9, 1), (1.1, 1, 1.21), (1, 1.1, 1.21), (0, 1, math.inf)],
)
def test_stsr_is_the_squared_larger_ratio(tumor, organ, expected):
    assert stsr(tumor, organ) == pytest.approx(expected)


def test_stsr_of_an_unknown_size_is_unknown_rather_than_a_failure():
    assert math.isnan(stsr(math.nan, 1.0))
    assert math.isnan(stsr(1.0, math.nan))


@pytest.mark.parametrize("factor", [0.8, 1.25])
def test_scaling_everything_keeps_the_proportion(factor):
    lesions, organ = ball(SHAPE, (22, 19, 20), 4.5), ball(SHAPE, CENTRE, 12)
    u = scaling(SHAPE, CENTRE, factor)

    report = measure(lesions, organ, u)

    (lesion,) = report.lesions
    assert report.organ_ratio_soft == pytest.approx(factor**-3, rel=0.01)
    assert lesion.volume_ratio == pytest.approx(factor**-3, rel=0.01)
    assert lesion.stsr_soft == pytest.approx(1, abs=0.02)
    assert lesion.stsr_jacobian == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("height", [0.26, -0.206])
def test_a_bump_changes_a_lesion_by_its_closed_form(height):
    lesions, organ = ball(SHAPE, CENTRE, 7), ball(SHAPE, CENTRE, 17)
    u = bump(SHAPE, CENTRE, height=height, width=5)
    tumor = bump_volume_ratio(7, height=height, width=5)
    whole = bump_volume_ratio(17, height=height, width=5)

    report = measure(lesions, organ, u)

    (lesion,) = report.lesions
    assert (tumor < 1) == (height > 0)
    assert lesion.volume_ratio == pytest.approx(tumor, rel=0.01)
    assert lesion.stsr_soft == pytest.approx(stsr(tumor, whole), rel=0.02)
    assert lesion.stsr_jacobian == pytest.approx(stsr(tumor, whole), rel=0.03)


def test_a_rotation_keeps_every_size():
    lesions, organ = ball(SHAPE, (23, 20, 18), 5), ball(SHAPE, CENTRE, 12)
    u = rotation(SHAPE, CENTRE, torch.Generator().manual_seed(4))

    (lesion,) = measure(lesions, organ, u).lesions

    assert lesion.stsr_soft == pytest.approx(1, abs=0.01)
    assert lesion.stsr_jacobian == pytest.approx(1, abs=1e-6)


def test_the_mean_determinant_in_the_warped_lesion_is_the_volume_ratio():
    lesions = ball(SHAPE, CENTRE, 10)
    u = bump(SHAPE, CENTRE, height=0.2, width=6)

    (lesion,) = measure(lesions, ball(SHAPE, CENTRE, 18), u).lesions

    by_sums = math.sqrt(lesion.stsr_soft)
    assert math.sqrt(lesion.stsr_jacobian) == pytest.approx(by_sums, rel=0.01)
    assert by_sums > 1.1


def test_a_fold_does_not_pass_for_a_preserved_lesion():
    lesions, organ = ball(SHAPE, CENTRE, 4), ball(SHAPE, CENTRE, 15)
    u = scaling(SHAPE, CENTRE, -1.0)

    (lesion,) = measure(lesions, organ, u).lesions

    assert lesion.stsr_soft == pytest.approx(1, abs=0.01)
    assert lesion.stsr_jacobian == math.inf
    assert lesion.folded_fraction == pytest.approx(1)


def test_a_lesion_that_is_warped_away_is_a_failure_and_not_dropped():
    lesions, organ = torch.zeros(SHAPE), ball(SHAPE, CENTRE, 17)
    lesions[21:23, 18:22, 18:22] = 1
    u = torch.zeros(3, *SHAPE)
    u[0, 20:] = 4

    (lesion,) = measure(lesions, organ, u).lesions

    assert lesion.state is LesionState.VANISHED
    assert lesion.in_view_fraction == 1
    assert [lesion.stsr_hard, lesion.stsr_soft, lesion.stsr_jacobian] == [math.inf] * 3


def test_one_lesion_may_vanish_beside_one_that_is_kept():
    lesions, organ = torch.zeros(SHAPE), ball(SHAPE, CENTRE, 17)
    lesions[21:23, 18:22, 18:22] = 1
    lesions[8:14, 18:24, 18:24] = 2
    u = torch.zeros(3, *SHAPE)
    u[0, 20:] = 4

    first, second = measure(lesions, organ, u).lesions

    assert (first.label, first.stsr_soft) == (1, math.inf)
    assert second.label == 2
    assert second.volume_ratio == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("flip", [1.0, -1.0])
def test_another_moving_grid_at_rest_in_space_changes_nothing(flip):
    direction = ((0.0, 0.0, 1.0), (0.0, flip, 0.0), (1.0, 0.0, 0.0))
    origin = (0.0, 0.0 if flip > 0 else 39.0, 0.0)
    moving_grid = Grid((20, 40, 20), (2.0, 1.0, 2.0), origin, direction)
    lesions = ball((20, 40, 20), (10, 20, 10), 3)
    organ = ball((20, 40, 20), (10, 20, 10), 7)
    u = affine_to_field(torch.eye(4).numpy(), GRID, moving_grid, dtype=torch.float64)

    report = measure_stsr(
        lesions.to(torch.int32), organ, u, fixed_grid=GRID, moving_grid=moving_grid
    )

    (lesion,) = report.lesions
    assert lesion.volume_moving_mm3 == pytest.approx(4 * int(lesions.sum()))
    assert lesion.volume_ratio == pytest.approx(1, abs=1e-5)
    assert lesion.stsr_soft == pytest.approx(1, abs=1e-4)
    assert lesion.stsr_jacobian == pytest.approx(1, abs=1e-6)


def test_maps_off_the_moving_grid_are_refused_with_a_sentence():
    lesions = torch.ones((4, 4, 4), dtype=torch.int32)

    with pytest.raises(ValueError, match="Give the tumor labels on the moving grid"):
        measure(lesions, ball(SHAPE, CENTRE, 5), translation(SHAPE, (0, 0, 0)))
