"""The map of local likeness."""

import pytest
import torch

from vpreg.similarity.local_ncc_map import local_ncc_squared_map


@pytest.fixture
def texture():
    return torch.rand((14, 15, 16), dtype=torch.float64, generator=torch.Generator().manual_seed(0))


@pytest.mark.parametrize("slope", [2.0, -1.0])
def test_other_contrast_is_alike_whatever_its_sign(texture, slope):
    likeness = local_ncc_squared_map(texture, 0.3 + slope * texture, radius_voxels=(2, 2, 2))

    assert likeness.min() > 0.995


def test_flat_ground_and_unrelated_noise_are_not_alike(texture):
    other = torch.rand(texture.shape, dtype=torch.float64,
                       generator=torch.Generator().manual_seed(9))  # fmt: skip
    flat = torch.full_like(texture, 0.4)

    unrelated = local_ncc_squared_map(texture, other, radius_voxels=(2, 2, 2))
    even = local_ncc_squared_map(flat, flat, radius_voxels=(2, 2, 2))

    assert unrelated.mean() < 0.03
    assert even.abs().max() < 1e-12


def test_a_voxel_has_the_correlation_of_its_window_cut_at_the_border(texture):
    other = texture.roll(1, 0) + 0.3 * texture

    likeness = local_ncc_squared_map(texture, other, radius_voxels=(1, 2, 3))

    for k, j, i in ((6, 7, 8), (0, 0, 0), (13, 3, 15)):
        window = (slice(max(0, k - 1), k + 2), slice(max(0, j - 2), j + 3),
                  slice(max(0, i - 3), i + 4))  # fmt: skip
        pair = torch.stack([texture[window].flatten(), other[window].flatten()])
        # The noise term of 1e-5 beside a variance of about 0.08 is the tolerance.
        assert likeness[k, j, i] == pytest.approx(float(torch.corrcoef(pair)[0, 1] ** 2), abs=1e-3)


def test_only_the_damaged_place_is_unlike(texture):
    damaged = texture.clone()
    damaged[7, 7, 8] += 2.0

    likeness = local_ncc_squared_map(texture, damaged, radius_voxels=(1, 1, 1))

    far = torch.ones_like(texture, dtype=torch.bool)
    far[6:9, 6:9, 7:10] = False
    assert likeness[7, 7, 8] < 0.6
    assert likeness[far].min() > 0.99
