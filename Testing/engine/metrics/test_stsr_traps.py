"""STSR where it is easily got wrong: T23, T24, T25, T27, T28, T29, and its floor (methods §2.9)."""

from __future__ import annotations

import math

import pytest
import torch

from Testing.engine.metrics.analytic_maps import (
    CENTRE,
    ball,
    bump,
    rotation,
    slab,
    stretches,
    translation,
)
from vpreg.images.grid import Grid
from vpreg.metrics.components import LesionIdentity, separate_lesions
from vpreg.metrics.organ_change import OrganReference
from vpreg.metrics.paper_stsr import stsr_of_label_map
from vpreg.metrics.stsr import LesionState, measure_stsr

SHAPE = (40, 40, 40)
GRID = Grid(SHAPE)


def measure(lesions, organ, u, **options):
    return measure_stsr(
        lesions.to(torch.int32), organ, u, fixed_grid=GRID, moving_grid=GRID, **options
    )


def paper_map(lesions, organ):
    return torch.where(lesions != 0, 2, (organ != 0).to(torch.int32))


def test_a_tumor_at_the_edge_of_its_organ_is_not_cut_early():
    organ, lesions = slab(SHAPE, 10, 30), slab(SHAPE, 20, 30)
    u = translation(SHAPE, (0.4, 0, 0))

    (lesion,) = measure(lesions, organ, u).lesions
    of_map = stsr_of_label_map(paper_map(lesions, organ), u)

    assert lesion.stsr_hard == pytest.approx(1)
    assert of_map == pytest.approx((10 / 9) ** 2)


def test_the_paper_map_agrees_for_a_tumor_inside_its_organ():
    organ, lesions = ball(SHAPE, CENTRE, 14), ball(SHAPE, (21, 20, 19), 7)
    u = bump(SHAPE, CENTRE, height=0.2, width=5)

    (lesion,) = measure(lesions, organ, u).lesions

    assert lesion.stsr_hard == pytest.approx(stsr_of_label_map(paper_map(lesions, organ), u))


def test_touching_lesions_do_not_lend_each_other_voxels():
    lesions = torch.zeros(SHAPE, dtype=torch.int32)
    lesions[14:20, 14:26, 14:26] = 1
    lesions[20:26, 14:26, 14:26] = 3
    u = translation(SHAPE, (0.4, 0.0, 0.0))

    found = measure(lesions, ball(SHAPE, CENTRE, 17), u).lesions

    assert [lesion.label for lesion in found] == [1, 3]
    assert [lesion.stsr_hard for lesion in found] == pytest.approx([1, 1])
    assert [lesion.stsr_soft for lesion in found] == pytest.approx([1, 1], abs=1e-4)


def test_small_lesions_are_measured_by_soft_sums_where_counting_fails():
    lesions, organ = ball(SHAPE, CENTRE, 2), ball(SHAPE, CENTRE, 14)
    generator = torch.Generator().manual_seed(1)

    found = [
        measure(lesions, organ, rotation(SHAPE, CENTRE, generator)).lesions[0] for _ in range(12)
    ]

    hard = sum(lesion.stsr_hard for lesion in found) / len(found)
    soft = sum(lesion.stsr_soft for lesion in found) / len(found)
    assert hard > 1.1
    assert soft < 1.03
    assert soft - 1 < (hard - 1) / 5
    assert not any(lesion.hard_is_reliable for lesion in found)


def test_counting_is_called_reliable_from_one_hundred_voxels():
    organ, u = ball(SHAPE, CENTRE, 14), translation(SHAPE, (0, 0, 0))
    lesions = torch.zeros(SHAPE)
    lesions[10:14, 10:15, 10:15] = 1
    lesions[20:23, 20:23, 20:31] = 2

    found = measure(lesions, organ, u).lesions

    assert [(x.voxels_moving, x.hard_is_reliable) for x in found] == [(100, True), (99, False)]


def test_an_organ_that_leaves_the_view_does_not_look_shrunk():
    organ, lesions = ball(SHAPE, CENTRE, 14), ball(SHAPE, (28, 20, 20), 4)
    u = translation(SHAPE, (18.25, 0, 0))

    report = measure(lesions, organ, u)

    assert report.organ_in_view_fraction < 0.7
    assert report.lesions[0].in_view_fraction == 1
    assert report.lesions[0].stsr_soft == pytest.approx(1, abs=0.01)
    assert report.lesions[0].stsr_hard == pytest.approx(1, abs=0.1)
    assert stsr_of_label_map(paper_map(lesions, organ), u) > 2


def test_a_lesion_cut_by_the_view_is_compared_with_what_is_seen_of_it():
    organ, lesions = ball(SHAPE, CENTRE, 15), ball(SHAPE, CENTRE, 6)
    u = translation(SHAPE, (19.5, 0, 0))

    (lesion,) = measure(lesions, organ, u).lesions

    assert lesion.in_view_fraction == pytest.approx(0.5 + 0.5 * 113 / 925, abs=0.06)
    assert lesion.stsr_soft == pytest.approx(1, abs=0.01)


def test_a_shrunk_lesion_that_is_cut_is_still_found_shrunk():
    organ, lesions = slab(SHAPE, 2, 38), slab(SHAPE, 0, 10)
    u = stretches(SHAPE, [(0, 5), (2.5, 10), (32.5, 40), (40, 47.5)])

    (lesion,) = measure(lesions, organ, u).lesions

    assert lesion.in_view_fraction == pytest.approx(0.5, abs=0.1)
    assert lesion.volume_ratio == pytest.approx(0.5, abs=0.1)


def test_a_small_lesion_deep_in_view_is_whole_however_it_is_sampled():
    lesions, organ = ball(SHAPE, CENTRE, 1.5), ball(SHAPE, CENTRE, 16)
    u = bump(SHAPE, CENTRE, height=1.8, width=3)

    (lesion,) = measure(lesions, organ, u).lesions

    assert lesion.in_view_fraction == 1
    assert lesion.stsr_soft > 4


def test_a_lesion_out_of_view_is_unknown_and_no_failure():
    organ, lesions = ball(SHAPE, CENTRE, 17), ball(SHAPE, (8, 20, 20), 3)
    u = translation(SHAPE, (16, 0, 0))

    (lesion,) = measure(lesions, organ, u).lesions

    assert lesion.state is LesionState.OUT_OF_VIEW
    assert math.isnan(lesion.stsr_soft)
    assert math.isnan(lesion.stsr_hard)
    assert math.isnan(lesion.stsr_jacobian)


def test_a_lesion_at_the_edge_of_the_moving_image_is_not_repeated_beyond_it():
    organ, lesions = slab(SHAPE, 0, 20), slab(SHAPE, 0, 5)
    u = translation(SHAPE, (-10.3, 0, 0))

    (lesion,) = measure(lesions, organ, u).lesions

    assert lesion.volume_ratio == pytest.approx(1, abs=1e-4)


def test_an_abnormal_organ_mask_is_replaced_by_the_median_determinant():
    cavity = ball(SHAPE, (12, 20, 20), 8)
    organ, lesions = ball(SHAPE, CENTRE, 12) | cavity, ball(SHAPE, (27, 20, 20), 3)
    u = bump(SHAPE, (12, 20, 20), height=2.0, width=3.5)

    by_mask = measure(lesions, organ, u).lesions[0]
    by_median = measure(lesions, organ, u, reference=OrganReference.MEDIAN_DETERMINANT).lesions[0]

    assert by_mask.stsr_soft > 1.15
    assert by_median.stsr_soft < 1.05
    assert by_median.stsr_jacobian < 1.05


def test_a_large_tumor_does_not_hide_behind_the_organ_it_shrinks():
    organ, lesions = slab(SHAPE, 5, 25), slab(SHAPE, 10, 20)
    u = stretches(SHAPE, [(0, 0), (10, 10), (15, 20), (40, 45)])

    paper = measure(lesions, organ, u)
    without = measure(lesions, organ, u, reference=OrganReference.WITHOUT_TUMOR)

    assert paper.tumor_fraction_of_organ == pytest.approx(0.5)
    assert paper.lesions[0].stsr_soft == pytest.approx(2.25, rel=0.01)
    assert without.organ_ratio_soft == pytest.approx(1, abs=0.01)
    assert without.lesions[0].stsr_soft == pytest.approx(4, rel=0.02)
    assert without.lesions[0].stsr_hard == pytest.approx(4, rel=0.02)


def test_a_tumor_counts_as_organ_where_the_organ_mask_leaves_it_out():
    organ, lesions = slab(SHAPE, 5, 25), slab(SHAPE, 10, 20)
    u = stretches(SHAPE, [(0, 0), (10, 10), (15, 20), (40, 45)])

    whole = measure(lesions, organ, u)
    hollow = measure(lesions, organ & ~lesions, u)

    assert hollow.organ_ratio_soft == whole.organ_ratio_soft


def test_errors_of_two_lesions_do_not_cancel():
    organ, tumor = slab(SHAPE, 3, 38), slab(SHAPE, 10, 18) | slab(SHAPE, 22, 30)
    u = stretches(SHAPE, [(0, 0), (10, 10), (14, 18), (18, 22), (30, 30), (40, 40)])
    lesions = separate_lesions(tumor, LesionIdentity.COMPONENTS)

    found = measure(lesions, organ, u).lesions

    assert stsr_of_label_map(paper_map(tumor, organ), u) == pytest.approx(1, abs=0.02)
    assert sorted(x.volume_ratio for x in found) == pytest.approx([0.5, 1.5], rel=0.04)
    assert max(x.stsr_soft for x in found) == pytest.approx(4, rel=0.03)
