"""RANO 2.0 against cases worked out by hand."""

from __future__ import annotations

import pytest

from Testing.engine.lesions.histories import case, measured
from vpreg.lesions.response.rano20 import assess, choose_targets
from vpreg.lesions.response.verdict import Category

CR, PR = Category.COMPLETE_RESPONSE, Category.PARTIAL_RESPONSE
SD, PD = Category.STABLE_DISEASE, Category.PROGRESSIVE_DISEASE


@pytest.mark.parametrize(
    ("diameters", "category"),
    [
        (((20, 20), (20, 10)), PR),  # 400 to 200 mm2: -50 % is enough
        (((20, 20), (20, 10.1)), SD),
        (((20, 20), (25, 20)), PD),  # 400 to 500: +25 % is enough
        (((20, 20), (24.9, 20)), SD),
        (((20, 20), (10, 20), (12.5, 20)), PD),  # 200 to 250, against the smallest
        (((20, 20), (10, 20), (12.4, 20)), SD),
        (((20, 20), None), CR),
        (((20, 20), None, (11, 11)), PD),
    ],
)
def test_a_product_at_each_boundary(diameters, category):
    series = [None if pair is None else measured(float(max(pair)), min(pair)) for pair in diameters]

    found = assess(case({"L1": series}), len(series) - 1)

    assert found.category is category


@pytest.mark.parametrize(
    ("one", "applies"),
    [
        (measured(10.0, 10.0, slices=2), True),
        (measured(30.0, 9.9, slices=2), False),
        (measured(30.0, 30.0, slices=1), False),
        (measured(13.0, 13.0, slice_mm=6.5), True),
        (measured(20.0, 12.9, slice_mm=6.5), False),
    ],
)
def test_both_diameters_and_two_slices_make_a_lesion_measurable(one, applies):
    found = assess(case({"L1": [one, one]}), 1)

    assert (found.category is SD) is applies
    assert applies or "no lesion is measurable at baseline" in found.reason


def test_a_new_measurable_lesion_is_progression_and_a_smaller_one_is_followed():
    old = [measured(30.0)] * 2

    large = assess(case({"L1": old, "L2": [None, measured(10.0)]}), 1)
    small = assess(case({"L1": old, "L2": [None, measured(9.0)]}), 1)

    assert large.category is PD
    assert small.category is SD
    assert any("not measurable" in note and "L2" in note for note in small.caveats)


def test_three_targets_by_their_products():
    sizes = {"L1": (40, 11), "L2": (30, 20), "L3": (25, 25), "L4": (12, 12), "L5": (60, 9)}

    found = choose_targets(case({n: [measured(float(a), b)] for n, (a, b) in sizes.items()}))

    assert found == ["L3", "L2", "L1"]


def test_it_says_what_the_clinic_has_to_add():
    found = assess(case({"L1": [measured(30.0)] * 2}), 1)

    assert any("Steroids" in note for note in found.caveats)
    assert any("confirmed" in note for note in found.caveats)


def test_without_word_on_new_lesions_stable_disease_is_not_claimed():
    found = assess(case({"L1": [measured(30.0)] * 2}, new_lesions_looked_for=False), 1)

    assert found.category is None
    assert "By size alone: SD" in found.reason
