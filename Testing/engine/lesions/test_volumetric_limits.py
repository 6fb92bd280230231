"""Limits on volumes against cases worked out by hand."""

from __future__ import annotations

import pytest

from Testing.engine.lesions.histories import case, measured
from vpreg.lesions.response.verdict import Category
from vpreg.lesions.response.volumetric import assess

CR, PR = Category.COMPLETE_RESPONSE, Category.PARTIAL_RESPONSE
SD, PD = Category.STABLE_DISEASE, Category.PROGRESSIVE_DISEASE


def of_volumes(*volumes, unsure=0.01):
    series = [None if ml == 0 else measured(30.0, ml=ml, unsure=unsure) for ml in volumes]
    return assess(case({"L1": series}), len(volumes) - 1)


@pytest.mark.parametrize(
    ("volumes", "category"),
    [
        ((10, 3.5), PR),  # -65 % is enough
        ((10, 3.51), SD),
        ((10, 14), PD),  # +40 % is enough
        ((10, 13.99), SD),
        ((10, 5, 7), PD),  # against the smallest
        ((10, 5, 6.99), SD),
        ((10, 0), CR),
    ],
)
def test_a_volume_at_each_boundary(volumes, category):
    assert of_volumes(*volumes).category is category


def test_a_lesion_no_larger_than_its_uncertainty_is_refused():
    found = of_volumes(0.02, 0.06, unsure=0.02)

    assert found.category is None
    assert "voxels are too large" in found.reason


def test_a_change_within_the_uncertainty_is_said():
    found = of_volumes(10, 10.5, unsure=1.0)

    assert found.category is SD
    assert any("lies within the uncertainty" in note for note in found.caveats)


def with_a_speck(*volumes, speck):
    """Return the judgement of a lesion that keeps its size beside a speck."""
    small = [None if ml == 0 else measured(3.0, ml=ml, slices=1, unsure=ml) for ml in speck]
    plain = [measured(30.0, ml=ml) for ml in volumes]
    return assess(case({"L1": plain, "L2": small}), len(volumes) - 1)


def test_a_speck_is_no_target_and_is_named():
    found = with_a_speck(1, 1.35, speck=(0.3, 0.6))

    assert found.targets == ("L1",)
    assert (found.sums.baseline, found.sums.now) == (1, 1.35)
    assert found.category is SD  # with the speck it would be +50 %
    assert any("Without L2" in note for note in found.caveats)


def test_a_speck_that_becomes_a_lesion_counts():
    series = [measured(3.0, ml=0.02, slices=1, unsure=0.02), measured(30.0, ml=8)]

    found = assess(case({"L1": [measured(30.0, ml=10)] * 2, "L2": series}), 1)

    assert found.targets == ("L1", "L2")
    assert found.category is PD
