"""Gaussian smoothing against scipy and closed form."""

import pytest
import torch
from scipy.ndimage import gaussian_filter

from vpreg.filters.gaussian import gaussian_adjoint, gaussian_smooth


def test_the_inside_agrees_with_scipy():
    x = torch.randn(24, 26, 28, dtype=torch.float64)

    found = gaussian_smooth(x, (1.0, 1.5, 0.7), truncate=3.0)

    expected = gaussian_filter(x.numpy(), (1.0, 1.5, 0.7), radius=(3, 4, 2))
    inside = (slice(5, -5),) * 3
    torch.testing.assert_close(found[inside], torch.from_numpy(expected)[inside])


def test_a_constant_stays_constant_up_to_the_border():
    x = torch.full((9, 10, 11), 3.0, dtype=torch.float64)

    torch.testing.assert_close(gaussian_smooth(x, 2.0), x)


def test_every_channel_is_smoothed_alone():
    x = torch.randn(3, 8, 9, 10)

    found = gaussian_smooth(x, 1.2)

    torch.testing.assert_close(found[1], gaussian_smooth(x[1], 1.2))


def test_the_adjoint_is_the_transpose():
    x, y = torch.randn(2, 7, 8, 9, dtype=torch.float64)

    forward = (gaussian_smooth(x, (0.8, 0.0, 2.5)) * y).sum()

    assert torch.isclose(forward, (x * gaussian_adjoint(y, (0.8, 0.0, 2.5))).sum())


def test_a_negative_sigma_is_refused():
    with pytest.raises(ValueError, match="sigma above zero"):
        gaussian_smooth(torch.zeros(3, 3, 3), -1.0)
