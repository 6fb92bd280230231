"""The published weighted correlation against numbers worked out by hand."""

import pytest
import torch

from vpreg.similarity.pearson import GlobalPearson
from vpreg.similarity.pearson_paper import PaperPearson

FIXED = torch.tensor([[[0.0, 1.0], [2.0, 3.0]]], dtype=torch.float64)
WARPED = torch.tensor([[[0.0, 2.0], [1.0, 3.0]]], dtype=torch.float64)
ENDS = torch.tensor([[[1.0, 0.0], [0.0, 1.0]]], dtype=torch.float64)


def test_four_voxels_by_hand():
    # Deviations -1.5 -.5 .5 1.5 and -1.5 .5 -.5 1.5: covariance 4 / 4, both variances 5 / 4.
    value, _ = PaperPearson(FIXED).value_and_gradient(WARPED)

    assert value == pytest.approx(1 - 1.0 / (1.25 + 1e-6), abs=1e-12)


def test_a_weight_enters_the_covariance_alone():
    # The two ends: (2.25 + 2.25) / 4 over a mean weight of .5, and still 5 / 4 below: 1.8 (T17).
    value, _ = PaperPearson(FIXED).value_and_gradient(WARPED, weight=ENDS)
    correlation, _ = GlobalPearson(FIXED).value_and_gradient(WARPED, weight=ENDS)

    assert value == pytest.approx(1 - 2.25 / (1.25 + 1e-6), abs=1e-12)
    assert correlation == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("masked", [False, True])
def test_the_gradient_is_that_of_finite_differences(masked):
    fixed, warped, weight = torch.rand(
        (3, 4, 5, 6), generator=torch.Generator().manual_seed(0), dtype=torch.float64
    )
    term, given = PaperPearson(fixed), weight if masked else None

    _, gradient = term.value_and_gradient(warped, weight=given)

    for at in [(0, 0, 0), (2, 3, 1), (3, 4, 5)]:
        step = torch.zeros_like(warped)
        step[at] = 1e-6
        up, down = (term.value_and_gradient(warped + s, weight=given)[0] for s in (step, -step))
        torch.testing.assert_close(gradient[at], (up - down) / 2e-6, rtol=1e-5, atol=1e-10)


def test_without_a_mask_nothing_is_asked():
    value, gradient = PaperPearson(FIXED).value_and_gradient(WARPED, weight=torch.zeros_like(FIXED))

    assert value == 0
    assert not gradient.any()
