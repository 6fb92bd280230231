import numpy as np
import pytest
import torch
from scipy.ndimage import map_coordinates

from vpreg.fields.sampling import Padding, voxel_coordinates
from vpreg.fields.warp import warp
from vpreg.images.interpolation import Interpolation


def test_no_displacement_returns_the_image():
    image = torch.rand(7, 8, 9)

    warped = warp(image, torch.zeros(3, 7, 8, 9))

    torch.testing.assert_close(warped, image, atol=1e-5, rtol=0)


def test_many_warps_by_nothing_neither_move_nor_swell_an_image():
    # T7: units of N - 1 sampled as units of N would swell it by (16/15)^3 each time.
    image = torch.zeros(16, 16, 16)
    image[2:6, 2:6, 2:6] = 1

    warped = image
    for _ in range(20):
        warped = warp(warped, torch.zeros(3, 16, 16, 16))

    torch.testing.assert_close(warped, image, atol=1e-4, rtol=0)


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_a_displacement_in_channel_a_pulls_from_further_along_axis_a(axis):
    image = torch.rand(6, 7, 8)
    u = torch.zeros(3, 6, 7, 8)
    u[axis] = 1.0

    warped = warp(image, u)

    n = image.shape[axis]
    torch.testing.assert_close(
        warped.narrow(axis, 0, n - 1), image.narrow(axis, 1, n - 1), atol=1e-5, rtol=0
    )
    assert float(warped.narrow(axis, n - 1, 1).abs().max()) < 1e-5


@pytest.mark.parametrize("padding", list(Padding))
def test_linear_warping_agrees_with_scipy_between_differing_shapes(padding, smooth_field):
    image = torch.rand(12, 9, 15, dtype=torch.float64)
    u = smooth_field((8, 11, 10), 4.0)

    warped = warp(image, u, padding=padding)

    points = (voxel_coordinates((8, 11, 10), dtype=torch.float64) + u).numpy()
    mode = "nearest" if padding is Padding.BORDER else "grid-constant"
    expected = map_coordinates(image.numpy(), points, order=1, mode=mode, cval=0.0)
    np.testing.assert_allclose(warped.numpy(), expected, atol=1e-12)


def test_channels_warp_as_they_would_alone(smooth_field):
    channels = torch.rand(4, 9, 10, 11)
    u = smooth_field((9, 10, 11), 3.0).float()

    warped = warp(channels, u)

    for together, alone in zip(warped, channels, strict=True):
        torch.testing.assert_close(together, warp(alone, u))


def test_nearest_takes_the_closest_voxel_and_keeps_labels_no_float_could_hold():
    labels = torch.full((4, 4, 4), 2**24 + 1, dtype=torch.int32)
    labels[2] = 5
    u = torch.zeros(3, 4, 4, 4)
    u[0] = 1.4

    warped = warp(labels, u, interpolation=Interpolation.NEAREST)

    assert warped.dtype == torch.int32
    assert warped[:, 0, 0].tolist() == [2**24 + 1, 5, 2**24 + 1, 0]


def test_nearest_with_the_border_carried_on_repeats_the_edge():
    image = torch.arange(4.0).view(4, 1, 1).expand(4, 4, 4)
    u = torch.full((3, 4, 4, 4), 2.6)

    warped = warp(image, u, interpolation=Interpolation.NEAREST, padding=Padding.BORDER)

    assert warped[:, 0, 0].tolist() == [3, 3, 3, 3]


def test_gradients_with_respect_to_field_and_image_are_exact(smooth_field):
    image = torch.rand(5, 6, 7, dtype=torch.float64, requires_grad=True)
    u = (smooth_field((4, 5, 6), 0.3) + 0.37).requires_grad_()

    assert torch.autograd.gradcheck(warp, (image, u), eps=1e-6, atol=1e-6)


def test_double_stays_double_and_whole_numbers_become_floating():
    u = torch.zeros(3, 4, 4, 4)

    assert warp(torch.rand(4, 4, 4, dtype=torch.float64), u).dtype == torch.float64
    assert warp(torch.ones(4, 4, 4, dtype=torch.uint8), u).dtype == torch.float32


@pytest.mark.parametrize("shape", [(2, 4, 4, 4), (4, 4, 4), (1, 3, 4, 4, 4)])
def test_a_field_of_another_shape_is_refused(shape):
    with pytest.raises(ValueError, match=r"shape \(3, K, J, I\)"):
        warp(torch.zeros(4, 4, 4), torch.zeros(shape))


def test_an_image_without_three_axes_is_refused():
    with pytest.raises(ValueError, match="Give an image"):
        warp(torch.zeros(4, 4), torch.zeros(3, 4, 4, 4))
