"""Box sums against windows added up one by one."""

import pytest
import torch

from vpreg.filters.box import box_count, box_sum


def test_each_voxel_gets_the_sum_of_its_window_cut_at_the_border():
    x = torch.randn(5, 6, 7, dtype=torch.float64)

    found = box_sum(x, (1, 2, 3))

    assert torch.isclose(found[0, 0, 0], x[:2, :3, :4].sum())
    assert torch.isclose(found[2, 3, 3], x[1:4, 1:6, 0:7].sum())
    assert torch.isclose(found[4, 5, 6], x[3:, 3:, 3:].sum())


def test_the_box_is_its_own_adjoint():
    x, y = torch.randn(2, 4, 9, 8, 7, dtype=torch.float64)

    assert torch.isclose((box_sum(x, 2) * y).sum(), (x * box_sum(y, 2)).sum())


def test_the_count_is_the_box_of_ones():
    ones = torch.ones(5, 9, 4, dtype=torch.float64)

    found = box_count(ones.shape, 2, dtype=ones.dtype, device=ones.device)

    assert torch.equal(found, box_sum(ones, 2))


def test_a_radius_of_zero_leaves_the_image():
    x = torch.randn(3, 4, 5)

    assert torch.equal(box_sum(x, 0), x)


@pytest.mark.parametrize("radius", [0, 1, (2, 0, 1), (0, 3, 0), 9])
def test_buffers_change_nothing_but_the_memory(radius):
    x = torch.randn(2, 6, 7, 8)
    out, scratch = torch.empty_like(x), torch.empty_like(x)

    found = box_sum(x, radius, out=out, scratch=scratch)

    assert found.data_ptr() == out.data_ptr()
    torch.testing.assert_close(found, box_sum(x, radius), rtol=1e-5, atol=1e-5)


def test_two_radii_are_refused_in_one_sentence():
    with pytest.raises(ValueError, match="one for each of the three axes"):
        box_sum(torch.zeros(3, 3, 3), (1, 2))


def test_a_matrix_first_used_in_inference_mode_still_serves_training():
    with torch.inference_mode():
        box_sum(torch.zeros(11, 13, 17), 2)
    x = torch.zeros(11, 13, 17, requires_grad=True)

    box_sum(x, 2).sum().backward()

    assert x.grad[5, 5, 5] == 125


@pytest.mark.parametrize("radius", range(1, 9))
@pytest.mark.parametrize("n", [17, 18, 40])
def test_every_width_agrees_with_the_banded_product(radius, n):
    x = torch.randn(2, n, 19, n + 1, dtype=torch.float64)

    found = box_sum(x, radius)

    by_product = box_sum(x.clone().requires_grad_(), radius).detach()
    torch.testing.assert_close(found, by_product)


def test_scratch_may_be_the_image_itself():
    x = torch.randn(9, 10, 11)
    expected = box_sum(x, (2, 0, 3))

    found = box_sum(x, (2, 0, 3), out=torch.empty_like(x), scratch=x)

    torch.testing.assert_close(found, expected)


def test_a_negative_radius_is_refused():
    with pytest.raises(ValueError, match="zero voxels or more"):
        box_sum(torch.zeros(3, 3, 3), -1)
