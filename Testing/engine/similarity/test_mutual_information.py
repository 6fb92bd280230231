"""Mutual information: the definition, independence, identity."""

import math

import pytest
import torch

from vpreg.similarity.mutual_information import MutualInformation
from vpreg.similarity.spline_bins import bin_coordinates, spline_slopes, spline_weights


def reference(fixed, warped, weight, bins, low, high):
    """Build the joint histogram as one dense product and let autograd do the rest."""
    f_low, f_high = fixed.min(), fixed.max()
    row = ((fixed - f_low) * bins / (f_high - f_low)).long().clamp(0, bins - 1).flatten()
    t = (warped.clamp(low, high) - low) * (bins - 3) / (high - low) + 1
    gap = (t.flatten()[:, None] - torch.arange(bins)).abs()
    inner = (4 - 6 * gap**2 + 3 * gap**3) / 6
    spline = torch.where(gap < 1, inner, (2 - gap).clamp(min=0) ** 3 / 6)
    rows = torch.nn.functional.one_hot(row, bins).double() * weight.flatten()[:, None]
    joint = rows.T @ spline / weight.sum()
    expected = joint.sum(0) * joint.sum(1, keepdim=True)
    filled = joint > 0
    return -(joint[filled] * (joint[filled] / expected[filled]).log()).sum()


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("bins", [5, 16, 32])
def test_value_and_gradient_are_those_of_the_definition(masked, bins):
    generator = torch.Generator().manual_seed(0)
    fixed, noise, weight = torch.rand(3, 8, 9, 10, generator=generator, dtype=torch.float64)
    warped = (fixed * 2 + noise).requires_grad_()
    if not masked:
        weight = torch.ones_like(weight)
    term = MutualInformation(fixed, bins=bins, warped_range=(0.2, 2.8))

    value, gradient = term.value_and_gradient(warped.detach(), weight=weight if masked else None)

    expected = reference(fixed, warped, weight, bins, 0.2, 2.8)
    (slope,) = torch.autograd.grad(expected, warped)
    torch.testing.assert_close(value, expected.detach())
    torch.testing.assert_close(gradient, slope, rtol=1e-6, atol=1e-10)


def test_independent_images_share_next_to_nothing():
    generator = torch.Generator().manual_seed(0)
    fixed, warped = torch.rand(2, 40, 40, 40, generator=generator)

    value, _ = MutualInformation(fixed, bins=8).value_and_gradient(warped)

    assert -2e-3 < value <= 0


def test_two_halves_of_two_colours_share_one_bit():
    fixed = torch.zeros(4, 4, 4, dtype=torch.float64)
    fixed[:2] = 1.0
    inverted = 1.0 - fixed

    value, _ = MutualInformation(fixed, bins=32).value_and_gradient(inverted)

    assert math.isclose(value, -math.log(2), rel_tol=1e-12)


def test_splines_share_a_voxel_out_completely():
    t = torch.linspace(0, 1, 21, dtype=torch.float64, requires_grad=True)

    weights = torch.stack(spline_weights(t))

    torch.testing.assert_close(weights.sum(0), torch.ones_like(t))
    assert (weights >= 0).all()
    for weight, slope in zip(weights, spline_slopes(t), strict=True):
        (by_autograd,) = torch.autograd.grad(weight.sum(), t, retain_graph=True)
        torch.testing.assert_close(slope, by_autograd)


def test_all_four_bins_exist_up_to_the_ends_of_the_range():
    x = torch.tensor([-1.0, 0.0, 0.5, 1.0, 2.0])

    first, t, inside = bin_coordinates(x, 0.0, 1.0, 8)

    assert first.tolist() == [0, 0, 2, 4, 4]
    assert t.tolist() == [0.0, 0.0, 0.5, 1.0, 1.0]
    assert inside.tolist() == [False, True, True, True, False]


def test_too_few_bins_are_refused():
    with pytest.raises(ValueError, match="at least 5 bins"):
        MutualInformation(torch.rand(3, 3, 3), bins=4)


def test_a_constant_fixed_image_needs_a_range():
    with pytest.raises(ValueError, match="Give a range"):
        MutualInformation(torch.zeros(3, 3, 3))
