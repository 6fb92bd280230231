"""RECIST 1.1 against cases worked out by hand."""

from __future__ import annotations

import pytest

from Testing.engine.lesions.histories import case, measured
from vpreg.lesions.response.recist11 import assess, choose_targets
from vpreg.lesions.response.verdict import Category

CR, PR = Category.COMPLETE_RESPONSE, Category.PARTIAL_RESPONSE
SD, PD = Category.STABLE_DISEASE, Category.PROGRESSIVE_DISEASE


def of_sums(*sums, **facts):
    """Judge the last of some sums, made of one lesion; 0 is gone."""
    series = [None if size == 0 else measured(float(size)) for size in sums]
    return assess(case({"L1": series}, **facts), len(sums) - 1)


@pytest.mark.parametrize(
    ("sums", "category"),
    [
        ((100, 70), PR),  # -30 % is enough
        ((100, 70.1), SD),
        ((50, 60), PD),  # +20 % and +10 mm
        ((50, 59.9), SD),
        ((25, 30), PD),  # +20 % and exactly +5 mm
        ((24, 28.9), SD),  # +20.4 %, but only 4.9 mm
        ((20, 24.9), SD),
        ((20, 25), PD),
        ((100, 60, 72), PD),  # against the smallest sum, though 28 % below baseline
        ((100, 60, 71.9), SD),
        ((100, 60, 65), PR),
        ((100, 0), CR),
        ((100, 0, 12), PD),  # back after all was gone
        ((100, 100), SD),
    ],
)
def test_a_sum_at_each_boundary(sums, category):
    found = of_sums(*sums)

    assert found.category is category
    assert found.reason.startswith(category.value)


def test_the_rule_that_decided_is_spelled_out():
    found = of_sums(50, 61)

    assert "50.0 mm to 61.0 mm, by 22.0%" in found.reason
    assert "20% or more and at least 5 mm (here 11.0)" in found.reason


@pytest.mark.parametrize(
    ("size", "slice_mm", "applies"),
    [(10.0, 5.0, True), (9.9, 5.0, False), (13.0, 6.5, True), (12.9, 6.5, False)],
)
def test_a_lesion_is_measurable_from_ten_millimetres_or_two_thick_slices_on(
    size, slice_mm, applies
):
    one = measured(size, slice_mm=slice_mm)

    found = assess(case({"L1": [one, one]}), 1)

    assert (found.category is SD) is applies
    assert applies or "no lesion is measurable at baseline" in found.reason


def test_nothing_at_baseline_is_refused_in_words():
    found = assess(case({"L1": [None, measured(20.0)]}), 1)

    assert found.category is None
    assert "no lesion was segmented at baseline" in found.reason


def test_without_word_on_new_lesions_only_progression_is_decided():
    stable = of_sums(50, 50, new_lesions_looked_for=None)
    grown = of_sums(50, 70, new_lesions_looked_for=None)

    assert stable.category is None
    assert "new_lesions_looked_for" in stable.reason
    assert grown.category is PD


def test_a_new_lesion_is_progression_and_a_speck_is_not():
    new = assess(case({"L1": [measured(30.0)] * 2, "L2": [None, measured(6.0)]}), 1)
    one_slice = measured(6.0, slices=1)
    speck = assess(case({"L1": [measured(30.0)] * 2, "L2": [None, one_slice]}), 1)

    assert (new.category, new.reason) == (PD, "PD: L2 is new since the baseline.")
    small = assess(case({"L1": [measured(30.0)] * 2, "L2": [None, measured(4.9)]}), 1)
    assert (speck.category, small.category) == (SD, SD)
    assert any("L2 was not counted as new" in note for note in speck.caveats)


def test_two_targets_of_an_organ_and_five_in_all():
    series = {f"L{n}": [measured(40.0 - n)] for n in range(1, 9)}

    one_organ = choose_targets(case(series))
    four = choose_targets(case(series, organ_of={f"L{n}": f"organ {n % 4}" for n in range(1, 9)}))

    assert one_organ == ["L1", "L2"]
    assert four == ["L1", "L2", "L3", "L4", "L5"]


@pytest.mark.parametrize(
    ("across", "category"), [((15.0, 9.9), CR), ((15.0, 10.0), PR), ((15.0, 10.6), SD)]
)
def test_a_lymph_node_counts_by_its_short_axis_and_is_normal_below_ten(across, category):
    series = [measured(25.0, one) for one in across]

    found = assess(case({"L1": series}, nodes=("L1",)), 1)

    assert found.category is category


def test_a_node_below_fifteen_millimetres_across_is_no_target():
    found = assess(case({"L1": [measured(25.0, 14.9)] * 2}, nodes=("L1",)), 1)

    assert found.category is None


def test_other_lesions_that_are_left_make_a_complete_response_a_partial_one():
    series = {"L1": [measured(30.0), None], "L2": [measured(8.0)] * 2}

    found = assess(case(series), 1)

    assert found.category is PR
    assert "L2 can still be seen" in found.reason


def test_progression_of_other_lesions_is_the_word_of_the_reader():
    series = {"L1": [measured(30.0)] * 2, "L2": [measured(8.0)] * 2}

    unjudged = assess(case(series), 1)
    judged = assess(case(series, nontarget_progression={"day 90": True}), 1)

    assert unjudged.category is SD
    assert any("L2" in note and "for the reader" in note for note in unjudged.caveats)
    assert judged.category is PD
