"""Growth rates and doubling times."""

from __future__ import annotations

import pytest

from vpreg.lesions.growth import change_between
from vpreg.lesions.history import changes_at
from vpreg.lesions.lesion import Appearance, Event, Lesion
from vpreg.lesions.volume import Volume


def exact(ml):
    return Volume(ml, 0.0)


def test_a_volume_that_doubles_in_ninety_days_has_that_doubling_time():
    found = change_between(exact(2.0), exact(4.0), days=90)

    assert found.doubling_days == pytest.approx(90)
    assert found.halving_days is None
    assert found.relative == 1.0
    assert found.relative_a_month == pytest.approx(2 ** (1 / 3) - 1)


def test_a_volume_that_shrinks_has_a_halving_time_and_no_negative_doubling_time():
    found = change_between(exact(4.0), exact(1.0), days=90)

    assert found.halving_days == pytest.approx(45)
    assert found.doubling_days is None


@pytest.mark.parametrize(("later", "is_within"), [(1.5, True), (1.51, False), (0.5, True)])
def test_a_change_up_to_both_uncertainties_together_is_flagged(later, is_within):
    found = change_between(Volume(1.0, 0.3), Volume(later, 0.4), days=30)

    assert found.uncertainty_ml == pytest.approx(0.5)
    assert found.is_within_uncertainty is is_within
    assert (found.doubling_days is None) is is_within


def test_no_change_has_neither_time():
    found = change_between(exact(3.0), exact(3.0), days=30)

    assert (found.doubling_days, found.halving_days) == (None, None)


def test_a_lesion_that_vanished_lost_all_of_its_volume_at_no_known_rate():
    found = change_between(Volume(2.0, 0.1), exact(0.0), days=60)

    assert found.relative == -1.0
    assert (found.halving_days, found.relative_a_month) == (None, None)


def test_dates_in_the_wrong_order_are_refused():
    with pytest.raises(ValueError, match="in the order of time"):
        change_between(exact(1.0), exact(2.0), days=0)


def test_changes_are_set_against_baseline_smallest_and_last_date():
    lesion = Lesion("L1", (Appearance(Event.CONTINUED, (1,)),) * 4)
    volumes = {"L1": [exact(v) for v in (4.0, 1.0, 2.0, 3.0)]}

    found = changes_at(3, lesion, volumes=volumes, lesions={"L1": lesion}, days=(0, 30, 60, 90))

    assert found.since_baseline.relative == -0.25
    assert (found.since_nadir.relative, found.since_nadir.days) == (2.0, 60)
    assert (found.since_previous.relative, found.since_previous.days) == (0.5, 30)


def test_a_merged_lesion_is_compared_with_all_that_it_took_in():
    there = Appearance(Event.CONTINUED, (1,))
    first = Lesion("L1", (there, Appearance(Event.MERGED, (1,), ("L2",))))
    second = Lesion("L2", (there, Appearance(Event.ABSORBED, (), ("L1",))))
    volumes = {"L1": [exact(3.0), exact(6.0)], "L2": [exact(2.0), None]}
    both = {"L1": first, "L2": second}

    found = changes_at(1, first, volumes=volumes, lesions=both, days=(0, 30))
    gone = changes_at(1, second, volumes=volumes, lesions=both, days=(0, 30))

    assert found.since_baseline.relative == pytest.approx(0.2)
    assert gone.since_baseline is None
