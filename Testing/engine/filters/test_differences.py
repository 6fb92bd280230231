"""The difference stencil and its adjoint."""

import pytest
import torch

from vpreg.filters.differences import (
    add_step_adjoint,
    difference_adjoint_along,
    difference_along,
    step_along,
)


@pytest.mark.parametrize("axis", [-3, -2, -1])
def test_a_linear_ramp_has_its_slope_everywhere(axis):
    shape = [4, 5, 6]
    ramp = torch.arange(shape[axis], dtype=torch.float64) * 2.5
    x = ramp.view([-1 if a == axis % 3 else 1 for a in range(3)]).expand(shape)

    found = difference_along(x, axis)

    torch.testing.assert_close(found, torch.full(shape, 2.5, dtype=torch.float64))


def test_a_parabola_is_exact_inside_and_one_sided_at_the_border():
    x = torch.arange(5, dtype=torch.float64) ** 2

    assert difference_along(x, 0).tolist() == [1.0, 2.0, 4.0, 6.0, 7.0]


@pytest.mark.parametrize("n", [1, 2, 3, 4, 7])
def test_the_adjoint_is_the_transpose(n):
    x, y = torch.randn(2, 2, n, 3, dtype=torch.float64)

    forward = (difference_along(x, 1) * y).sum()

    assert torch.isclose(forward, (x * difference_adjoint_along(y, 1)).sum())


def test_an_axis_of_one_voxel_has_no_slope():
    assert torch.equal(difference_along(torch.ones(1, 3, 3), 0), torch.zeros(1, 3, 3))


def test_autograd_sees_the_same_adjoint():
    x = torch.randn(3, 4, 5, dtype=torch.float64, requires_grad=True)

    assert torch.autograd.gradcheck(lambda t: difference_along(t, 1), (x,))


def test_steps_are_differences_to_the_next_voxel_with_an_exact_adjoint():
    x, y = torch.randn(4, 5, 6, dtype=torch.float64), torch.randn(4, 4, 6, dtype=torch.float64)
    back = torch.zeros_like(x)

    step = step_along(x, 1)
    add_step_adjoint(y, 1, onto=back)

    assert torch.equal(step, x.diff(dim=1))
    assert torch.isclose((step * y).sum(), (x * back).sum())
