import pytest
import torch

from vpreg.fields.compose import compose
from vpreg.fields.folds import count_folds
from vpreg.fields.integrate import integrate_velocity


def test_a_constant_velocity_moves_by_itself():
    v = torch.tensor([1.5, -0.5, 2.0]).view(3, 1, 1, 1).expand(3, 8, 9, 10)

    torch.testing.assert_close(integrate_velocity(v), v.contiguous())


def test_a_linear_velocity_integrates_to_the_matrix_exponential(linear_field):
    rate = torch.tensor(
        [[0.1, 0.2, 0.0], [-0.2, 0.05, 0.1], [0.0, -0.1, -0.1]], dtype=torch.float64
    )
    v = linear_field((24, 24, 24), rate + torch.eye(3, dtype=torch.float64))

    u = integrate_velocity(v, steps=10)

    expected = linear_field((24, 24, 24), torch.linalg.matrix_exp(rate))
    middle = (slice(None), *(slice(8, 16),) * 3)
    torch.testing.assert_close(u[middle], expected[middle], atol=2e-3, rtol=0)


def test_the_negative_velocity_integrates_to_the_inverse(smooth_field):
    # T13: the inverse of exp(v) is exp(-v), not -exp(v).
    v = smooth_field((36,) * 3, 4.0)

    round_trip = compose(integrate_velocity(v), integrate_velocity(-v))

    assert float(round_trip[:, 10:-10, 10:-10, 10:-10].norm(dim=0).max()) < 0.05


def test_a_velocity_that_would_fold_as_a_displacement_does_not_fold(smooth_field):
    v = smooth_field((32,) * 3, 18.0)

    assert count_folds(v) > 0
    assert count_folds(integrate_velocity(v)) == 0


def test_gradients_flow_through_the_squarings(smooth_field):
    v = smooth_field((4, 4, 4), 0.5).requires_grad_()

    assert torch.autograd.gradcheck(lambda w: integrate_velocity(w, steps=3), (v,), atol=1e-6)


def test_fewer_than_no_steps_are_refused():
    with pytest.raises(ValueError, match="zero or more"):
        integrate_velocity(torch.zeros(3, 4, 4, 4), steps=-1)
