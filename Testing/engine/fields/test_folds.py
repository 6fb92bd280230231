from itertools import product

import numpy as np
import pytest
import torch

from vpreg.fields.folds import count_folds, find_folds, fold_mask, non_diffeomorphic_volume
from vpreg.fields.jacobian import jacobian_determinant
from vpreg.fields.sampling import voxel_coordinates


def tetrahedra():
    """List the ten of a cell, four corners each: both ways to cut a cube into five."""
    cube = list(product((0, 1), repeat=3))
    for parity in (0, 1):
        middle = [c for c in cube if sum(c) % 2 == parity]
        yield middle[0], middle
        for corner in (c for c in cube if sum(c) % 2 != parity):
            near = [c for c in cube if sum(abs(a - b) for a, b in zip(c, corner, strict=True)) == 1]
            yield corner, [corner, *near]


def volumes_by_brute_force(u):
    """Return (voxel, signed volume) of every tetrahedron after the map, one at a time."""
    phi = (voxel_coordinates(tuple(u.shape[1:]), dtype=torch.float64) + u).numpy()
    for cell in product(*(range(n - 1) for n in u.shape[1:])):
        for owner, corners in tetrahedra():
            rest = np.array(corners, dtype=float)
            moved = np.array([phi[(slice(None), *np.add(cell, c))] for c in corners])
            sign = np.sign(np.linalg.det(rest[1:] - rest[0]))
            owned = tuple(np.add(cell, owner)) if len({sum(c) % 2 for c in corners}) > 1 else cell
            yield owned, sign * np.linalg.det(moved[1:] - moved[0]) / 6


def test_nothing_folds_at_rest():
    folds = find_folds(torch.zeros(3, 6, 7, 8))

    assert not bool(folds.mask.any())
    assert folds.volume_voxels == 0


@pytest.mark.parametrize("seed", [0, 1])
def test_folds_and_their_volume_agree_with_tetrahedra_taken_one_by_one(seed):
    torch.manual_seed(seed)
    u = 0.45 * torch.randn(3, 4, 5, 6, dtype=torch.float64)

    folds = find_folds(u)

    expected = torch.zeros(4, 5, 6, dtype=torch.bool)
    turned = 0.0
    for voxel, volume in volumes_by_brute_force(u):
        expected[voxel] |= bool(volume <= 0)
        turned += max(0.0, -volume) / 2
    assert 0 < int(expected.sum()) < expected.numel()
    assert torch.equal(folds.mask, expected)
    assert folds.volume_voxels == pytest.approx(turned)


def test_a_checkerboard_folds_though_central_differences_see_nothing():
    # T10
    x = voxel_coordinates((10, 10, 10))
    u = torch.zeros(3, 10, 10, 10)
    u[2] = 0.8 * (-1.0) ** x.sum(0)

    central = jacobian_determinant(u)[1:-1, 1:-1, 1:-1]

    torch.testing.assert_close(central, torch.ones_like(central))
    assert bool(fold_mask(u)[1:-1, 1:-1, 1:-1].all())


def test_only_the_tetrahedron_in_the_middle_may_fold():
    # Found by drawing cells at random: all eight one-sided determinants are well above zero.
    u = (
        torch.tensor(
            [
                [[[-6, -3], [8, 6]], [[-2, 3], [13, -1]]],
                [[[-5, -4], [-2, 8]], [[4, -8], [3, 4]]],
                [[[11, 6], [-6, -11]], [[0, -3], [2, -2]]],
            ]
        ).double()
        / 10
    )

    volumes = [volume for _, volume in volumes_by_brute_force(u)]

    assert sorted(volumes)[0] < 0 < sorted(volumes)[1]
    assert fold_mask(u).nonzero().tolist() == [[0, 0, 0]]
    assert non_diffeomorphic_volume(u) == pytest.approx(-min(volumes) / 2)


def test_a_mirrored_block_is_turned_inside_out_as_a_whole(linear_field):
    # O4: det = -1 would pass for preserved by its magnitude.
    u = linear_field((6, 7, 8), np.diag([1.0, 1.0, -1.0]))

    assert count_folds(u) == 6 * 7 * 8
    assert non_diffeomorphic_volume(u) == pytest.approx(5 * 6 * 7)


def test_a_block_pressed_flat_folds_though_nothing_is_turned_over(linear_field):
    u = linear_field((4, 5, 6), np.diag([1.0, 0.0, 1.0]))

    assert count_folds(u) == 4 * 5 * 6
    assert non_diffeomorphic_volume(u) == 0


def test_the_slabs_leave_no_seams(monkeypatch):
    torch.manual_seed(3)
    u = 0.5 * torch.randn(3, 9, 6, 7)
    whole = find_folds(u)

    monkeypatch.setattr("vpreg.fields.folds._VOXELS_AT_ONCE", 60)
    in_slabs = find_folds(u)

    assert torch.equal(in_slabs.mask, whole.mask)
    assert in_slabs.volume_voxels == pytest.approx(whole.volume_voxels)


def test_a_smooth_steep_field_does_not_fold(bump):
    assert count_folds(bump(32, 1.5, 8.0)[0]) == 0
    assert count_folds(bump(32, 3.0, 8.0)[0]) > 0


def test_a_single_slice_has_no_cells_to_fold():
    assert count_folds(torch.randn(3, 1, 5, 5)) == 0
