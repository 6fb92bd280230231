"""Products along an axis against einsum."""

import pytest
import torch

from vpreg.filters.banded import apply_along

SUBSCRIPTS = ("oa,abcd->obcd", "ob,abcd->aocd", "oc,abcd->abod", "od,abcd->abco")


@pytest.mark.parametrize("axis", [0, 1, 2, 3, -1, -3])
def test_a_matrix_multiplies_the_lines_of_its_axis(axis):
    x = torch.randn(3, 4, 5, 6, dtype=torch.float64)
    matrix = torch.randn(7, x.shape[axis], dtype=torch.float64)

    found = apply_along(x, matrix, axis)

    torch.testing.assert_close(found, torch.einsum(SUBSCRIPTS[axis % 4], matrix, x))


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_a_view_that_is_not_contiguous_gives_the_same(axis):
    x = torch.randn(6, 5, 4).permute(2, 0, 1)
    matrix = torch.randn(x.shape[axis], x.shape[axis])

    found = apply_along(x, matrix, axis)

    torch.testing.assert_close(found, apply_along(x.contiguous(), matrix, axis))


def test_a_matrix_of_the_wrong_width_is_refused():
    with pytest.raises(ValueError, match="with 5 columns"):
        apply_along(torch.zeros(4, 5, 6), torch.zeros(4, 4), 1)
