import numpy as np
import pytest
import SimpleITK
import torch

from vpreg.fields.affine import affine_to_field
from vpreg.fields.sampling import voxel_coordinates
from vpreg.fields.transforms import affine_to_itk, field_from_itk, field_to_itk
from vpreg.fields.warp import warp
from vpreg.images.image import Image
from vpreg.images.itk import to_itk

AFFINE = np.array(
    [
        [1.05, 0.10, -0.02, 1.5],
        [-0.08, 0.97, 0.05, -2.0],
        [0.03, -0.04, 1.02, 0.7],
        [0.0, 0.0, 0.0, 1.0],
    ]
)


def points_lps(grid):
    index = np.stack(np.meshgrid(*(np.arange(n) for n in grid.shape), indexing="ij"))
    ones = np.ones((1, index[0].size))
    return (grid.voxel_to_lps @ np.concatenate([index.reshape(3, -1), ones]))[:3].T


def waves(shape, seed=4):
    random = np.random.default_rng(seed)
    image = torch.from_numpy(random.normal(size=shape)).float()
    kernel = torch.full((1, 1, 3, 3, 3), 1 / 27)
    return torch.nn.functional.conv3d(image[None, None], kernel, padding=1)[0, 0] * 100


def inside(shape, u, margin=0.01):
    """Mark where x + u lies between the voxel centres of an image, where ITK reads it, too."""
    moved = voxel_coordinates(tuple(u.shape[1:]), dtype=u.dtype) + u
    size = torch.tensor(shape).view(3, 1, 1, 1)
    return ((moved > margin) & (moved < size - 1 - margin)).all(0)


def test_ten_millimetres_to_the_right_arrive_as_ten_millimetres_to_the_right(fixed_grid):
    # T12 with T11: R is -x in LPS, whatever the spacing and the direction of the grid.
    translation = np.eye(4)
    translation[0, 3] = -10.0
    u = affine_to_field(translation, fixed_grid, fixed_grid, dtype=torch.float64)

    transform = field_to_itk(u, fixed_grid)

    point = points_lps(fixed_grid).mean(0)
    moved = np.array(transform.TransformPoint(point)) - point
    np.testing.assert_allclose(moved, (-10, 0, 0), atol=1e-9)
    to_first_axis = fixed_grid.lps_to_voxel[:3, :3] @ (-10, 0, 0)
    np.testing.assert_allclose(u[:, 3, 4, 5], to_first_axis, atol=1e-9)


def test_each_point_goes_where_the_voxels_say(fixed_grid, moving_grid, smooth_field):
    u = smooth_field(fixed_grid.shape, 3.0)
    transform = field_to_itk(u, fixed_grid, moving_grid=moving_grid)

    moved = np.array([*(3, 7, 11), 1.0])
    moved[:3] += u[:, 3, 7, 11].numpy()

    start = fixed_grid.voxel_to_lps @ (3, 7, 11, 1)
    end = moving_grid.voxel_to_lps @ moved
    np.testing.assert_allclose(transform.TransformPoint(start[:3]), end[:3], atol=1e-9)


@pytest.mark.parametrize("differing", [False, True])
def test_export_and_import_give_the_field_back(differing, fixed_grid, moving_grid, smooth_field):
    # O6: below a thousandth of a millimetre with oblique directions.
    u = smooth_field(fixed_grid.shape, 3.0).float()
    moving = moving_grid if differing else None

    back = field_from_itk(
        field_to_itk(u, fixed_grid, moving_grid=moving), fixed_grid, moving_grid=moving
    )

    assert back.dtype == torch.float32
    assert float((back - u).abs().max()) * 3.0 < 1e-3


def test_itk_resamples_through_the_export_as_warp_does(fixed_grid, moving_grid, smooth_field):
    # T11, T12: oblique, anisotropic, and another spacing for the moving scan.
    image = waves(moving_grid.shape)
    u = (
        affine_to_field(np.eye(4), fixed_grid, moving_grid)
        + smooth_field(fixed_grid.shape, 2.0).float()
    )

    ours = warp(image, u)

    transform = field_to_itk(u, fixed_grid, moving_grid=moving_grid)
    theirs = resample(image, moving_grid, fixed_grid, transform)
    seen = inside(moving_grid.shape, u)
    assert int(seen.sum()) > 1000
    assert float(image.std()) > 10
    torch.testing.assert_close(ours[seen], theirs[seen], atol=2e-2, rtol=0)


def test_an_affine_map_resamples_alike_as_a_field_and_in_itk(fixed_grid, moving_grid):
    image = waves(moving_grid.shape)
    u = affine_to_field(AFFINE, fixed_grid, moving_grid)

    ours = warp(image, u)

    theirs = resample(image, moving_grid, fixed_grid, affine_to_itk(AFFINE))
    seen = inside(moving_grid.shape, u)
    assert int(seen.sum()) > 1000
    torch.testing.assert_close(ours[seen], theirs[seen], atol=2e-2, rtol=0)


def test_any_itk_transform_becomes_a_field(fixed_grid, moving_grid):
    sampled = field_from_itk(
        affine_to_itk(AFFINE), fixed_grid, moving_grid=moving_grid, dtype=torch.float64
    )

    expected = affine_to_field(AFFINE, fixed_grid, moving_grid, dtype=torch.float64)
    torch.testing.assert_close(sampled, expected, atol=1e-9, rtol=0)


def test_the_negative_field_is_not_the_inverse_in_itk_either(fixed_grid, smooth_field):
    # T13
    u = smooth_field(fixed_grid.shape, 3.0)
    forward, negative = field_to_itk(u, fixed_grid), field_to_itk(-u, fixed_grid)

    points = points_lps(fixed_grid)[::37]

    round_trips = [negative.TransformPoint(forward.TransformPoint(p)) for p in points]
    assert np.linalg.norm(np.array(round_trips) - points, axis=1).max() > 0.5


def test_the_wrong_grid_is_refused(fixed_grid):
    with pytest.raises(ValueError, match="grid the field lies on"):
        field_to_itk(torch.zeros(3, 4, 4, 4), fixed_grid)


def test_a_transform_of_the_plane_is_refused(fixed_grid):
    with pytest.raises(ValueError, match="2-D"):
        field_from_itk(SimpleITK.TranslationTransform(2), fixed_grid)


def resample(image, moving_grid, fixed_grid, transform):
    moving = to_itk(Image(image, moving_grid))
    reference = to_itk(Image(torch.zeros(fixed_grid.shape), fixed_grid))
    resampled = SimpleITK.Resample(moving, reference, transform, SimpleITK.sitkLinear, 0.0)
    return torch.from_numpy(SimpleITK.GetArrayFromImage(resampled))
