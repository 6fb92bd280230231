import pytest
import torch
import torch.nn.functional as functional

from vpreg.fields.integrate import integrate_velocity
from vpreg.fields.jacobian import jacobian_determinant
from vpreg.fields.resize import resize_field
from vpreg.fields.warp import warp

AFFINE = [[1.1, 0.1, 0.0], [0.05, 0.9, 0.1], [0.0, -0.1, 1.2]]


@pytest.mark.parametrize("shape", [(24, 28, 32), (6, 7, 8), (17, 9, 23)])
def test_values_scale_with_the_size_of_each_axis(shape):
    # T9, cell-centred: N'/N, not (N' - 1)/(N - 1).
    u = torch.ones(3, 12, 14, 16)

    resized = resize_field(u, shape)

    for c in range(3):
        expected = torch.full(shape, shape[c] / u.shape[c + 1])
        torch.testing.assert_close(resized[c], expected)


@pytest.mark.parametrize("shape", [(32, 32, 32), (8, 8, 8), (21, 21, 21)])
def test_an_affine_field_stays_affine_up_to_the_border(shape, linear_field):
    u = linear_field((16, 16, 16), AFFINE)

    resized = resize_field(u, shape)

    torch.testing.assert_close(resized, linear_field(shape, AFFINE))


def test_the_determinant_survives_resizing(smooth_field):
    # T9: on a matching grid, after up-sampling, it is that of the coarse field.
    u = smooth_field((16, 20, 18), 1.5)

    fine = jacobian_determinant(resize_field(u, (32, 40, 36)))

    coarse = functional.avg_pool3d(fine[None], 2)[0]
    inside = (slice(2, -2),) * 3
    torch.testing.assert_close(coarse[inside], jacobian_determinant(u)[inside], atol=0.04, rtol=0)


def test_a_coarse_field_warps_the_fine_image_as_it_warps_the_coarse_one(bump, smooth_field):
    _, distance = bump(32, 0.0, 1.0)
    fine = torch.exp(-distance.square() / 60)
    coarse = functional.avg_pool3d(fine[None], 2)[0]
    u = smooth_field((16,) * 3, 1.0)

    from_fine = functional.avg_pool3d(warp(fine, resize_field(u, (32,) * 3))[None], 2)[0]

    # Values that were not doubled would be 0.08 off.
    torch.testing.assert_close(from_fine, warp(coarse, u), atol=0.025, rtol=0)


def test_velocities_resize_before_they_are_integrated(smooth_field):
    # T9
    v = smooth_field((16,) * 3, 2.0)

    first_resized = integrate_velocity(resize_field(v, (32,) * 3))

    first_integrated = resize_field(integrate_velocity(v), (32,) * 3)
    gap = (first_resized - first_integrated)[:, 6:-6, 6:-6, 6:-6]
    assert float(gap.abs().max()) < 0.1
    assert float(first_resized.abs().max()) > 2.5


def test_gradients_flow_through():
    u = torch.rand(3, 3, 4, 2, dtype=torch.float64, requires_grad=True)

    assert torch.autograd.gradcheck(lambda f: resize_field(f, (5, 3, 4)), (u,))


def test_an_axis_of_one_voxel_is_repeated():
    u = torch.rand(3, 1, 4, 4)

    resized = resize_field(u, (3, 4, 4))

    torch.testing.assert_close(resized[1, 2], u[1, 0])


def test_an_empty_shape_is_refused():
    with pytest.raises(ValueError, match="at least one voxel"):
        resize_field(torch.zeros(3, 4, 4, 4), (0, 4, 4))
