"""Mean squares of sparse scans (O8)."""

import torch

from vpreg.similarity.mean_squares import MeanSquares, WeightForm


def test_slices_that_were_not_acquired_have_no_gradient():
    fixed = torch.rand(12, 6, 7, dtype=torch.float64)
    acquired = torch.zeros_like(fixed)
    acquired[::4] = 1.0

    for form in WeightForm:
        value, gradient = MeanSquares(fixed, form=form).value_and_gradient(
            fixed + 0.5, weight=acquired
        )

        assert torch.isclose(value, torch.tensor(0.25, dtype=torch.float64))
        assert gradient[::4].all()
        assert not gradient[acquired == 0].any()


def test_the_support_takes_every_voxel_above_the_threshold_in_full():
    fixed, warped = torch.zeros(1, 1, 3), torch.tensor([[[1.0, 2.0, 3.0]]])
    weight = torch.tensor([[[0.2, 0.5, 1.0]]])
    term = MeanSquares(fixed, form=WeightForm.SUPPORT, support_threshold=0.3)

    value, gradient = term.value_and_gradient(warped, weight=weight)

    assert value == (4.0 + 9.0) / 2
    assert gradient.tolist() == [[[0.0, 2.0, 3.0]]]


def test_the_soft_form_is_the_weighted_mean():
    fixed, warped = torch.zeros(1, 1, 2), torch.tensor([[[1.0, 2.0]]])
    weight = torch.tensor([[[0.25, 0.75]]])

    value, _ = MeanSquares(fixed).value_and_gradient(warped, weight=weight)

    assert value == 0.25 * 1.0 + 0.75 * 4.0
