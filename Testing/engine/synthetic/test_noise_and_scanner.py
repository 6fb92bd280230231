"""Random functions, exact volumes, and what a scanner does to a picture."""

import pytest
import torch

from vpreg.synthetic.acquisition import add_rician_noise, bias_field, thick_slices
from vpreg.synthetic.exact_volume import cut_volume
from vpreg.synthetic.noise import smooth_noise, spline_matrix
from vpreg.synthetic.randomness import Randomness


def test_noise_has_the_same_deviation_at_every_voxel():
    draws = torch.stack(
        [
            smooth_noise(Randomness(seed), (9, 10, 11), spacing_voxels=3.3, channels=40)
            for seed in range(40)
        ]
    ).flatten(0, 1)

    assert draws.std(0) == pytest.approx(torch.ones(9, 10, 11), abs=0.12)


def test_splines_sum_to_a_constant_before_their_rows_are_scaled():
    matrix = spline_matrix(50, 7.0, dtype=torch.float64, device=torch.device("cpu"))
    sums = matrix.sum(1)

    # Cubic B-splines sum to one; dividing by the row's length keeps the ratio of a smooth curve.
    assert sums.min() > 1.3
    assert (sums[1:] - sums[:-1]).abs().max() < 0.1


def test_noise_is_smooth():
    noise = smooth_noise(Randomness(3), (40, 40, 40), spacing_voxels=10.0)[0]

    assert noise.diff(dim=0).abs().max() < 0.5


def test_randomness_repeats_for_a_seed_and_differs_between_seeds():
    first, again, other = (Randomness(seed).normal(5) for seed in (1, 1, 2))

    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_a_logarithmic_draw_halves_as_often_as_it_doubles():
    random = Randomness(0)
    draws = torch.tensor([random.log_uniform(0.25, 4.0) for _ in range(2000)])

    assert (draws < 1).float().mean() == pytest.approx(0.5, abs=0.04)


def test_a_cut_encloses_the_wanted_number_of_voxels():
    values = Randomness(0).normal(12, 12, 12)

    mask, level = cut_volume(values, 301.4)

    assert int(mask.sum()) == 301
    assert torch.equal(mask, values < level)


def test_equal_values_do_not_change_the_volume():
    mask, _ = cut_volume(torch.ones(5, 5, 5), 37)

    assert int(mask.sum()) == 37


def test_no_voxels_are_enclosed_when_none_are_wanted():
    values = Randomness(0).normal(4, 4, 4)

    mask, level = cut_volume(values, 0)

    assert not mask.any()
    assert not (values < level).any()


def test_a_volume_without_room_is_refused_with_a_sentence():
    values = torch.full((4, 4, 4), torch.inf)
    values[0] = 1.0

    with pytest.raises(ValueError, match="Give a smaller volume or a larger organ"):
        cut_volume(values, 17)


def test_thick_slices_keep_a_constant_and_mark_the_measured_planes():
    picture, acquired = thick_slices(torch.full((12, 6, 6), 3.0), axis=0, every=4)

    assert picture == pytest.approx(torch.full((12, 6, 6), 3.0))
    assert acquired[:, 0, 0].nonzero().flatten().tolist() == [2, 6, 10]


def test_thick_slices_remove_what_is_thinner_than_a_slice():
    stripes = torch.arange(24).remainder(2).float().view(1, -1, 1).expand(4, 24, 4)

    picture, _ = thick_slices(stripes, axis=1, every=6)

    assert picture.std() < 0.2 * stripes.std()


def test_rician_noise_has_the_mean_of_rayleigh_where_there_is_no_signal():
    noisy = add_rician_noise(torch.zeros(40, 40, 40), Randomness(0), sigma=2.0)

    assert float(noisy.mean()) == pytest.approx(2.0 * (torch.pi / 2) ** 0.5, rel=0.01)


def test_a_bias_field_without_strength_is_one():
    field = bias_field(Randomness(0), (8, 8, 8), strength=0.0, bump_voxels=9.0)

    assert torch.equal(field, torch.ones(8, 8, 8))
