"""The per-pair solver against deformations that are known."""

import pytest
import torch

from Testing.engine.solvers.pair_cases import inner, squeeze, swell, texture
from vpreg.fields.folds import count_folds
from vpreg.fields.warp import warp
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.progress import Cancelled
from vpreg.solvers.objective import Objective
from vpreg.solvers.pair import PairSolver
from vpreg.solvers.pair_settings import PairSettings, SimilarityKind

CUBE = (40, 40, 40)
QUICK = PairSettings(factors=(2, 1), field_factors=(1.0, 1.5), iterations=(6, 4))


def moved_pair(shape, largest_voxels, spacing_mm):
    moving = texture(shape, spacing_mm=spacing_mm)
    u = swell(shape, largest_voxels)
    return moving.with_voxels(warp(moving.voxels, u)), moving, u


def solve(fixed, moving, settings=None, **rest):
    objective = rest.pop("objective", Objective())
    return PairSolver(settings or PairSettings()).solve(fixed, moving, objective=objective, **rest)


def mean_error(found, true):
    return float(inner(found - true).square().sum(0).sqrt().mean())


@pytest.mark.parametrize(
    ("shape", "spacing_mm", "largest_voxels"),
    [(CUBE, (1.0, 1.0, 1.0), (2.0, -2.0, 2.0)), ((36, 44, 40), (2.0, 2.0, 2.0), (3.0, 2.0, -3.0)),
     ((18, 40, 44), (3.0, 1.0, 1.0), (0.7, -2.0, 2.0))],
)  # fmt: skip
def test_a_smooth_deformation_is_recovered(shape, spacing_mm, largest_voxels):
    fixed, moving, true = moved_pair(shape, largest_voxels, spacing_mm)

    found = solve(fixed, moving)

    assert mean_error(torch.zeros_like(true), true) > 1.0
    assert mean_error(found, true) < 0.25
    assert count_folds(found) == 0


@pytest.mark.parametrize(
    ("kind", "largest_error"), [(SimilarityKind.MIND_SSC, 0.5),
                                (SimilarityKind.MUTUAL_INFORMATION, 0.5)]
)  # fmt: skip
def test_other_similarities_recover_a_turned_contrast(kind, largest_error):
    fixed, moving, true = moved_pair(CUBE, (2.0, -2.0, 2.0), (1.0, 1.0, 1.0))
    turned = fixed.with_voxels(1 - fixed.voxels)

    found = solve(turned, moving, PairSettings(similarity=kind))

    assert mean_error(found, true) < largest_error


@pytest.mark.parametrize("kind", SimilarityKind)
def test_every_similarity_recovers_the_same_contrast(kind):
    fixed, moving, true = moved_pair(CUBE, (2.0, -2.0, 2.0), (1.0, 1.0, 1.0))

    found = solve(fixed, moving, PairSettings(similarity=kind))

    assert mean_error(found, true) < 0.4


def test_mutual_information_takes_grey_values_related_in_any_way():
    fixed, moving, true = moved_pair(CUBE, (2.0, -2.0, 2.0), (1.0, 1.0, 1.0))
    waves = fixed.with_voxels((4 * fixed.voxels).sin())

    found = solve(waves, moving, PairSettings(similarity=SimilarityKind.MUTUAL_INFORMATION))

    assert mean_error(torch.zeros_like(true), true) > 1.0
    assert mean_error(found, true) < 0.5


@pytest.mark.parametrize("spacing_mm", [(1.0, 1.0, 1.0), (3.0, 1.0, 1.0)])
def test_identical_images_are_left_alone(spacing_mm):
    scan = texture((20, 40, 40), spacing_mm=spacing_mm)

    found = solve(scan, scan)

    assert found.abs().max() < 1e-3


def test_the_same_pair_gives_the_same_bits():
    fixed, moving, _ = moved_pair(CUBE, (2.0, -2.0, 2.0), (1.0, 1.0, 1.0))

    assert torch.equal(solve(fixed, moving), solve(fixed, moving))


@pytest.mark.parametrize("spacing_mm", [(1.0, 1.0, 1.0), (3.0, 1.0, 1.0)])
def test_violent_settings_between_unrelated_images_do_not_fold(spacing_mm):
    fixed = texture((24, 40, 36), seed=1, spacing_mm=spacing_mm)
    moving = texture((24, 40, 36), seed=7, spacing_mm=spacing_mm)
    violent = PairSettings(
        step_voxels=4.0, force_smoothing_voxels=0.3, field_smoothing_voxels=0.0, least_gain=0.0
    )

    found = solve(fixed, moving, violent)

    assert found.abs().max() > 3
    assert count_folds(found) == 0


@pytest.mark.parametrize("least_gain", [2e-4, 10.0])
def test_progress_grows_to_one_also_when_levels_end_early(least_gain):
    fixed, moving, _ = moved_pair(CUBE, (2.0, -2.0, 2.0), (1.0, 1.0, 1.0))
    heard = []

    solve(fixed, moving, PairSettings(least_gain=least_gain), progress=heard.append)

    assert heard == sorted(heard)
    assert heard[0] < 0.1
    assert heard[-1] == pytest.approx(1.0)


def test_a_wish_to_stop_ends_the_work_at_once():
    fixed, moving, _ = moved_pair(CUBE, (2.0, -2.0, 2.0), (1.0, 1.0, 1.0))
    heard = []

    def stop(fraction):
        heard.append(fraction)
        if len(heard) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        solve(fixed, moving, progress=stop)

    assert len(heard) == 3


def test_a_start_at_the_solution_is_kept():
    fixed, moving, true = moved_pair(CUBE, (2.0, -2.0, 2.0), (1.0, 1.0, 1.0))
    near = PairSettings(factors=(1,), field_factors=(1.0,), iterations=(3,))

    with_start = solve(fixed, moving, near, start=true)
    without = solve(fixed, moving, near)

    assert mean_error(with_start, true) < 0.2 < mean_error(without, true)


def test_the_kept_share_of_a_start_is_not_smoothed():
    image = texture(CUBE)
    start = squeeze(CUBE, (19.5, 19.5, 19.5), 0.3, 2.0)
    nothing_pulls = Objective(fixed_weight=torch.zeros(CUBE))
    finest = PairSettings(factors=(1,), field_factors=(1.0,), iterations=(6,), least_gain=-1.0)

    left = {
        share: float(solver.solve(image, image, objective=nothing_pulls, start=start).abs().max())
        for share in (0.0, 0.5, 1.0)
        for solver in [PairSolver(finest, kept_start=share)]
    }

    whole = float(start.abs().max())
    assert left[1.0] == pytest.approx(whole, rel=1e-3)
    assert left[0.0] < 0.9 * whole
    assert left[0.5] == pytest.approx((left[0.0] + whole) / 2, rel=0.05)


@pytest.mark.parametrize("side", ["fixed_weight", "moving_weight"])
def test_where_similarity_does_not_count_nothing_pulls(side):
    fixed, moving, true = moved_pair(CUBE, (2.0, -2.0, 2.0), (1.0, 1.0, 1.0))
    corrupt = fixed.voxels.clone()
    corrupt[:, :, 20:] = texture(CUBE, seed=5).voxels[:, :, 20:]
    weight = torch.ones(CUBE)
    weight[:, :, 20:] = 0

    weighted = solve(fixed.with_voxels(corrupt), moving, objective=Objective(**{side: weight}))
    plain = solve(fixed.with_voxels(corrupt), moving)

    # The window and the smoothing of the force reach a few voxels over the border.
    good = slice(5, 14)
    errors = [(u - true)[:, 5:-5, 5:-5, good].norm(dim=0).mean() for u in (weighted, plain)]
    assert errors[0] < 0.4
    wild = [(u - true)[:, 5:-5, 5:-5, 25:35].norm(dim=0).mean() for u in (weighted, plain)]
    assert wild[0] < wild[1]


def test_the_field_ends_at_zero():
    fixed, moving, _ = moved_pair(CUBE, (2.0, -2.0, 2.0), (1.0, 1.0, 1.0))

    found = solve(fixed, moving, QUICK)

    assert found.abs().max() > 0.5
    for axis in (1, 2, 3):
        assert not found.select(axis, 0).any()
        assert not found.select(axis, -1).any()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"iterations": (5,)}, "one factor, one field factor and one number"),
     ({"factors": (), "field_factors": (), "iterations": ()}, "one factor"),
     ({"iterations": (5, -1, 2)}, "iterations of at least 0"),
     ({"factors": (4, 2, 0)}, "factors of at least 1"),
     ({"window_radius_voxels": 0}, "window radius of at least 1"),
     ({"step_voxels": 0.0}, "a step above 0"),
     ({"field_smoothing_voxels": -1.0}, "smoothness of 0 voxels or more")],
)  # fmt: skip
def test_settings_that_make_no_sense_are_refused_with_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=f"^Give .*{sentence}"):
        PairSettings(**wrong)


def test_levels_that_show_no_anatomy_any_more_are_left_out():
    fixed, moving, _ = moved_pair((24, 24, 24), (1.0, -1.0, 0.5), (3.0, 3.0, 3.0))
    four = PairSettings(factors=(4, 2, 1), field_factors=(1.0, 1.0, 1.5), iterations=(5, 6, 4))

    # A level of 12 mm says nothing; the last one stays whatever its voxels measure.
    assert torch.equal(solve(fixed, moving, four), solve(fixed, moving, QUICK))
    coarse = [
        Image(image.voxels, Grid((24, 24, 24), (12.0, 12.0, 12.0))) for image in (fixed, moving)
    ]
    assert solve(*coarse, QUICK).abs().max() > 0.2
