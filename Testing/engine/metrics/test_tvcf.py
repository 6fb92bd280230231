"""What becomes of true growth in a warp (T6, methods §2.11)."""

from __future__ import annotations

import math

import pytest

from vpreg.metrics.components import LesionIdentity
from vpreg.metrics.lesion_pairing import pair_lesions
from vpreg.metrics.tvcf import Comparability, comparability, tvcf, volume_change
from vpreg.metrics.volumes import LabelVolume


def lesion(label=1, voxels=1000, centroid=(0.0, 0.0, 0.0)):
    return LabelVolume(label, voxels, float(voxels), centroid)


@pytest.mark.parametrize(
    ("predicted", "true", "expected"),
    [(2, 2, 1), (1, 2, 4), (2, 1, 4), (0, 1, math.inf), (1, 0, math.inf)],
)
def test_tvcf_is_the_squared_larger_ratio(predicted, true, expected):
    assert tvcf(predicted, true) == expected


def test_a_preserving_warp_keeps_growth_visible():
    change = volume_change(lesion(voxels=500), lesion(voxels=1000), warped_mm3=500.0)

    assert change.vcr_true == 2
    assert change.vcr_visible == 2
    assert change.visible_fidelity == pytest.approx(1)
    assert change.tvcf == pytest.approx(4)
    assert change.log_vcr_error == pytest.approx(-math.log(2))


def test_a_warp_that_swallows_growth_is_seen():
    change = volume_change(lesion(voxels=500), lesion(voxels=1000), warped_mm3=1000.0)

    assert change.tvcf == pytest.approx(1)
    assert change.vcr_visible == 1
    assert change.visible_fidelity == pytest.approx(4)
    assert change.log_vcr_error == 0


def test_a_lesion_warped_away_is_infinitely_wrong():
    change = volume_change(lesion(), lesion(), warped_mm3=0.0)

    assert (change.tvcf, change.visible_fidelity) == (math.inf, math.inf)
    assert change.log_vcr_error == -math.inf


def test_only_what_is_in_view_is_compared():
    change = volume_change(
        lesion(voxels=1000), lesion(voxels=500), warped_mm3=500.0, in_view_fraction=0.5
    )

    assert (change.vcr_true, change.tvcf) == (1, 1)


@pytest.mark.parametrize(
    ("moving", "fixed", "expected"),
    [
        (lesion(voxels=100), lesion(voxels=1000), Comparability.COMPARABLE),
        (lesion(voxels=99), lesion(), Comparability.TOO_SMALL),
        (lesion(), lesion(voxels=99), Comparability.TOO_SMALL),
        (lesion(voxels=100), lesion(voxels=1001), Comparability.CHANGED_TOO_MUCH),
        (lesion(), lesion(centroid=(12.0, 16.1, 0.0)), Comparability.TOO_FAR_APART),
        (lesion(), lesion(centroid=(12.0, 16.0, 0.0)), Comparability.COMPARABLE),
    ],
)
def test_lesions_that_are_not_the_same_are_gated(moving, fixed, expected):
    assert comparability(moving, fixed) is expected


def test_components_are_paired_where_each_is_the_nearest_of_the_other():
    moving = {
        1: lesion(1),
        2: lesion(2, centroid=(50.0, 0.0, 0.0)),
        3: lesion(3, centroid=(9.0,) * 3),
    }
    fixed = {1: lesion(1, centroid=(51.0, 0.0, 0.0)), 2: lesion(2, centroid=(1.0, 0.0, 0.0))}

    pairs = pair_lesions(moving, fixed, LesionIdentity.COMPONENTS)

    assert [(before.label, after.label) for before, after in pairs] == [(1, 2), (2, 1)]


def test_labels_are_paired_by_name():
    moving, fixed = {4: lesion(4), 7: lesion(7)}, {7: lesion(7, centroid=(9.0,) * 3)}

    pairs = pair_lesions(moving, fixed, LesionIdentity.LABELS)

    assert [(before.label, after.label) for before, after in pairs] == [(7, 7)]


def test_nothing_pairs_with_nothing():
    assert pair_lesions({1: lesion()}, {}, LesionIdentity.COMPONENTS) == []
