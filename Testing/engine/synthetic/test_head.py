"""The head phantom of the demo."""

from datetime import date

import pytest
import torch

from vpreg.fields.jacobian import jacobian_determinant
from vpreg.fields.sampling import Padding
from vpreg.fields.warp import warp
from vpreg.images.interpolation import Interpolation
from vpreg.synthetic.head import draw_head_truth, head_places, make_head_pair
from vpreg.synthetic.head_settings import HeadSettings
from vpreg.synthetic.randomness import Randomness
from vpreg.synthetic.tissue import Tissue

SMALL = HeadSettings(shape=(46, 58, 46), spacing_mm=3.8)


@pytest.fixture(scope="module")
def pair():
    return make_head_pair(SMALL, seed=4)


def dice(a, b):
    return float(2 * (a & b).sum() / (a.sum() + b.sum()))


def share(tissue, *kinds):
    return sum((tissue == int(kind) for kind in kinds), torch.zeros_like(tissue, dtype=torch.bool))


def millilitres(mask):
    return float((mask.voxels > 0).sum()) * mask.grid.voxel_volume_mm3 / 1000


def test_the_same_seed_gives_the_same_head(pair):
    again = make_head_pair(SMALL, seed=4)

    assert torch.equal(again.fixed.voxels, pair.fixed.voxels)
    assert torch.equal(again.u_true, pair.u_true)


def test_another_seed_gives_another_head(pair):
    other = make_head_pair(SMALL, seed=5)

    assert not torch.equal(other.moving_tissue.voxels, pair.moving_tissue.voxels)


def test_the_tumor_has_the_declared_volume_at_both_dates(pair):
    assert millilitres(pair.moving_tumor) == pytest.approx(14.0, rel=0.01)
    assert millilitres(pair.fixed_tumor) == pytest.approx(7.0, rel=0.01)
    assert pair.lesions[0].volume_change_ratio == pytest.approx(0.5)


def test_the_true_field_has_no_folds(pair):
    assert jacobian_determinant(pair.u_true).min() > 0.2


def test_the_dates_need_alignment(pair):
    brain = pair.fixed_organ.voxels > 0

    assert pair.u_true.norm(dim=0)[brain].mean() * SMALL.spacing_mm > 2.0
    assert pair.moving_date == date(2024, 2, 12) < pair.fixed_date


def test_both_dates_show_the_same_tissue_through_the_true_field():
    random = Randomness(7)
    truth = draw_head_truth(random, SMALL)
    places = head_places(SMALL, random.device)
    moving_places = truth.moving_push.push(truth.healthy_of_fixed(places))

    gap = truth.healthy_of_moving(moving_places) - truth.healthy_of_fixed(places)

    assert gap.abs().max() < 0.01


def test_the_brain_warped_by_the_true_field_is_the_fixed_brain(pair):
    brain = pair.moving_organ.voxels.float()

    warped = warp(brain, pair.u_true) > 0.5

    assert dice(warped, pair.fixed_organ.voxels > 0) > 0.97


def test_tissue_away_from_the_tumor_is_the_same_through_the_true_field(pair):
    known = pair.correspondence.voxels > 0
    for kinds in (
        (Tissue.CSF, Tissue.VENTRICLE, Tissue.GREY, Tissue.WHITE, Tissue.DEEP_GREY, Tissue.OEDEMA),
        tuple(kind for kind in Tissue if kind is not Tissue.BACKGROUND),
    ):
        moving = share(pair.moving_tissue.voxels, *kinds).float()

        warped = warp(moving, pair.u_true) > 0.5

        assert dice(warped & known, share(pair.fixed_tissue.voxels, *kinds) & known) > 0.95


def test_the_tumor_is_not_made_to_correspond(pair):
    assert not (pair.correspondence.voxels * (pair.fixed_tumor.voxels > 0)).any()
    seen = warp(pair.moving_tumor.voxels, pair.u_true, interpolation=Interpolation.NEAREST)
    assert not (pair.correspondence.voxels * (seen > 0)).any()
    assert pair.correspondence.voxels.float().mean() > 0.8


def test_a_tumor_can_vanish_or_be_new():
    vanished = make_head_pair(
        HeadSettings(shape=(32, 40, 32), spacing_mm=5.5, fixed_tumor_ml=0), seed=1
    )
    new = make_head_pair(
        HeadSettings(shape=(32, 40, 32), spacing_mm=5.5, moving_tumor_ml=0), seed=1
    )

    assert not vanished.fixed_tumor.voxels.any()
    assert vanished.lesions[0].fixed_centre is None
    assert vanished.lesions[0].volume_change_ratio == 0
    assert not new.moving_tumor.voxels.any()
    assert new.lesions[0].volume_change_ratio == float("inf")


def test_a_head_without_tumor_has_no_lesions():
    pair = make_head_pair(
        HeadSettings(shape=(32, 40, 32), spacing_mm=5.5, moving_tumor_ml=0, fixed_tumor_ml=0),
        seed=1,
    )

    assert pair.lesions == ()
    assert not (pair.fixed_tissue.voxels == int(Tissue.OEDEMA)).any()


def test_mass_effect_pushes_the_tissue_around_a_new_tumor():
    base = {"shape": (32, 40, 32), "spacing_mm": 5.5, "moving_tumor_ml": 0, "fixed_tumor_ml": 30}
    pushing = make_head_pair(HeadSettings(**base, mass_effect=0.8), seed=1)
    replacing = make_head_pair(HeadSettings(**base, mass_effect=0.0), seed=1)

    moved_mm = 5.5 * (pushing.u_true - replacing.u_true).norm(dim=0)

    assert 3.0 < moved_mm.max() < 20.0
    assert moved_mm.flatten().quantile(0.5) == 0


def test_the_skull_does_not_deform_between_the_dates():
    still = HeadSettings(shape=(32, 40, 32), spacing_mm=5.5, rotation_deg=0, translation_mm=0)
    pair = make_head_pair(still, seed=2)
    bone = (pair.fixed_tissue.voxels == int(Tissue.BONE)) & (pair.fixed_organ.voxels == 0)
    brain = pair.fixed_organ.voxels > 0
    length_mm = 5.5 * pair.u_true.norm(dim=0)

    assert length_mm[bone].quantile(0.9) < 0.6
    assert length_mm[brain].max() > 2.0


def test_white_matter_is_brighter_than_grey_and_the_rim_is_brightest(pair):
    tissue, picture = pair.moving_tissue.voxels, pair.moving.voxels
    mean = {kind: float(picture[tissue == int(kind)].mean()) for kind in Tissue}

    order = (Tissue.AIR, Tissue.VENTRICLE, Tissue.GREY, Tissue.WHITE, Tissue.TUMOR_RIM)
    values = [mean[kind] for kind in order]
    assert values == sorted(values)


def test_the_grid_is_centred_on_the_head(pair):
    grid = pair.fixed.grid
    middle = grid.voxel_to_lps @ [*((n - 1) / 2 for n in grid.shape), 1.0]

    assert middle[:3] == pytest.approx([0.0, 0.0, -6.0], abs=1e-4)


def test_the_field_leads_out_of_view_without_harm(pair):
    warped = warp(pair.moving.voxels, pair.u_true, padding=Padding.BORDER)

    assert torch.isfinite(warped).all()


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ({"shape": (8, 40, 40)}, "at least 16 voxels"),
        ({"spacing_mm": float("nan")}, "Choose spacing_mm from"),
        ({"fixed_tumor_ml": -1}, "Choose fixed_tumor_ml from 0 to 60"),
        ({"mass_effect": 1.0}, "Choose mass_effect from 0 to 0.9"),
        ({"fixed_date": date(2020, 1, 1)}, "Give the moving scan the earlier date"),
    ],
)
def test_impossible_settings_are_refused_with_a_sentence(choice, sentence):
    with pytest.raises(ValueError, match=sentence):
        HeadSettings(**choice)
