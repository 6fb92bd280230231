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
