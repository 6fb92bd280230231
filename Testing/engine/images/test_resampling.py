"""Resampling agrees with ITK and keeps places in millimetres."""

from dataclasses import replace

import numpy as np
import pytest
import SimpleITK
import torch
from scipy.spatial.transform import Rotation

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.interpolation import Interpolation
from vpreg.images.itk import set_grid, to_itk
from vpreg.images.resampling import resample, resample_through
from vpreg.images.spacing import grid_with_spacing


@pytest.fixture
def other_grid(oblique_grid):
    turn = Rotation.from_euler("xyz", [-8, 5, 14], degrees=True).as_matrix()
    direction = tuple(map(tuple, (turn @ np.asarray(oblique_grid.direction)).tolist()))
    return replace(
        oblique_grid, shape=(21, 13, 16), spacing_mm=(1.2, 1.3, 0.9), direction=direction
    )


@pytest.fixture
def matrix():
    result = np.eye(4)
    result[:3, :3] = Rotation.from_euler("xyz", [3, 4, -5], degrees=True).as_matrix() * 1.05
    result[:3, 3] = 1.5, -0.7, 0.9
    return result


def _in_itk(image, grid, matrix, interpolator, outside=0.0):
    transform = SimpleITK.AffineTransform(3)
    transform.SetMatrix(matrix[:3, :3].ravel().tolist())
    transform.SetTranslation(matrix[:3, 3].tolist())
    reference = SimpleITK.Image(grid.shape[::-1], SimpleITK.sitkUInt8)
    set_grid(reference, grid)
    result = SimpleITK.Resample(to_itk(image), reference, transform, interpolator, outside)
    return torch.from_numpy(SimpleITK.GetArrayFromImage(result))


@pytest.mark.parametrize(
    ("dtype", "tolerance"), [(torch.float64, 1e-9), (torch.float32, 100 * 1e-5)]
)
def test_linear_agrees_with_itk_between_oblique_grids(scan, other_grid, matrix, dtype, tolerance):
    source = scan.with_voxels(scan.voxels.to(dtype))

    ours = resample_through(source, other_grid, matrix, outside=-7.0)

    theirs = _in_itk(source, other_grid, matrix, SimpleITK.sitkLinear, outside=-7.0)
    assert ours.voxels.dtype is dtype
    assert 0.2 < (theirs == -7).double().mean() < 0.8
    torch.testing.assert_close(ours.voxels, theirs, atol=tolerance, rtol=0)


def test_nearest_agrees_with_itk(labels, other_grid, matrix):
    ours = resample_through(labels, other_grid, matrix, interpolation=Interpolation.NEAREST)

    theirs = _in_itk(labels, other_grid, matrix, SimpleITK.sitkNearestNeighbor)
    assert ours.voxels.dtype is torch.int32
    assert torch.equal(ours.voxels, theirs)


def test_labels_are_the_argmax_of_their_linearly_resampled_masks(labels, other_grid, matrix):
    ours = resample_through(
        labels, other_grid, matrix, interpolation=Interpolation.LABELS, outside=9
    )

    ones = [labels.with_voxels((labels.voxels == n).double()) for n in range(5)]
    shares = torch.stack([resample_through(m, other_grid, matrix).voxels for m in ones])
    first, second = shares.topk(2, dim=0).values
    clear = (first - second > 1e-4) & (shares.sum(0) > 0.5)
    assert ours.voxels.dtype is torch.int32
    assert torch.equal(ours.voxels[clear], shares.argmax(0)[clear].int())
    assert torch.equal(ours.voxels == 9, shares.sum(0) < 0.5)


def test_a_straight_ramp_stays_the_same_in_millimetres(ramp_mm, oblique_grid):
    inner = replace(
        grid_with_spacing(oblique_grid, 0.8),
        shape=(6, 7, 8),
        origin_lps=tuple((oblique_grid.voxel_to_lps @ (2, 3, 4, 1))[:3].tolist()),
    )

    sampled = resample(ramp_mm(oblique_grid), inner)

    torch.testing.assert_close(sampled.voxels, ramp_mm(inner).voxels, atol=1e-9, rtol=0)


def test_a_translation_pulls_the_moving_image():
    # Fixed point p shows the moving point p + 10 mm to the left (T12).
    grid = Grid((4, 5, 30), spacing_mm=(1.0, 1.0, 2.0))
    voxels = torch.zeros(grid.shape)
    voxels[2, 3, 20] = 1
    shift = np.eye(4)
    shift[0, 3] = 10.0

    moved = resample_through(Image(voxels, grid), grid, shift)

    assert moved.voxels.nonzero().tolist() == [[2, 3, 15]]


def test_the_own_grid_gives_the_same_voxels(scan):
    assert torch.equal(resample(scan, scan.grid).voxels, scan.voxels)


def test_the_outer_half_voxel_belongs_to_the_image():
    image = Image(torch.tensor([1.0, 5.0]).expand(2, 2, 2).contiguous(), Grid((2, 2, 2)))
    fine = replace(grid_with_spacing(image.grid, (1, 1, 0.25)), shape=(2, 2, 8))

    line = resample(image, fine).voxels[0, 0]

    torch.testing.assert_close(line, torch.tensor([1, 1, 1.5, 2.5, 3.5, 4.5, 5, 5]))


def test_slabs_leave_no_seam(ramp_mm, monkeypatch):
    monkeypatch.setattr("vpreg.images.resampling._VOXELS_AT_ONCE", 300)
    grid = Grid((13, 10, 11), spacing_mm=(2.0, 1.0, 1.0))
    fine = replace(grid, shape=(24, 10, 11), spacing_mm=(1.0, 1.0, 1.0))

    sampled = resample(ramp_mm(grid), fine)

    torch.testing.assert_close(sampled.voxels, ramp_mm(fine).voxels, atol=1e-9, rtol=0)


def test_whole_numbers_become_floating_point_when_mixed(labels, other_grid):
    assert resample(labels, other_grid).voxels.dtype is torch.float32
    assert resample(labels, labels.grid).voxels.dtype is torch.float32


def test_a_matrix_must_be_four_by_four_and_finite(scan):
    with pytest.raises(ValueError, match="4x4 matrix of finite numbers"):
        resample_through(scan, scan.grid, np.eye(3))
    with pytest.raises(ValueError, match="4x4 matrix of finite numbers"):
        resample_through(scan, scan.grid, np.full((4, 4), np.nan))
