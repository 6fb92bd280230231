import math

import pytest
import torch

from vpreg.fields.compose import compose
from vpreg.fields.folds import count_folds
from vpreg.fields.integrate import integrate_velocity
from vpreg.fields.invert import InversionMethod, invert
from vpreg.fields.jacobian import jacobian_determinant
from vpreg.fields.resize import resize_field
from vpreg.fields.sampling import voxel_coordinates


@pytest.mark.parametrize("method", list(InversionMethod))
def test_a_field_and_its_inverse_cancel_inside_the_view(method, smooth_field):
    # O6
    u = smooth_field((30, 32, 34), 5.0).float()

    inversion = invert(u, method=method)

    assert inversion.converged
    assert inversion.max_residual_voxels < 0.1
    back_and_there = compose(inversion.u, u).norm(dim=0)
    assert float(back_and_there[inversion.in_view].max()) < 0.1
    there_and_back = compose(u, inversion.u)[:, 8:-8, 8:-8, 8:-8]
    assert float(there_and_back.norm(dim=0).max()) < 0.1


def test_the_inverse_is_not_the_negative(bump):
    # T13
    u, _ = bump(32, 0.6, 6.0)

    inverse = invert(u).u

    assert float((inverse + u).norm(dim=0).max()) > 0.5
    assert float(compose(-u, u).norm(dim=0).max()) > 0.5


def test_the_residual_is_the_one_that_is_reported(smooth_field):
    u = smooth_field((24,) * 3, 4.0)

    inversion = invert(u, tolerance_voxels=0.2, method=InversionMethod.FIXED_POINT)

    residual = compose(inversion.u, u).norm(dim=0)[inversion.in_view]
    assert inversion.max_residual_voxels == pytest.approx(float(residual.max()))
    assert inversion.mean_residual_voxels == pytest.approx(float(residual.mean()))


def test_a_bump_too_steep_for_the_fixed_point_is_inverted_by_the_robust_method(bump):
    # O2 is invertible up to a = 2.24, but the derivative in its middle is a: no contraction.
    u, _ = bump(40, 1.8, 6.0)

    plain = invert(u, method=InversionMethod.FIXED_POINT)
    robust = invert(u)

    assert not plain.converged
    assert robust.converged
    assert robust.max_residual_voxels <= 0.01


def test_the_inverse_of_a_bump_is_the_one_of_its_radial_equation(bump):
    a, s = 1.2, 6.0
    u, _ = bump(41, a, s)
    inverse = invert(u, tolerance_voxels=1e-3).u

    rho = 4.0
    outside = rho * (1 + a * math.exp(-(rho**2) / (2 * s * s)))
    step = outside - round(outside)
    found = inverse[0, 20 + round(outside), 20, 20]

    assert abs(step) < 0.5
    slope = 1 / (1 + a * math.exp(-(rho**2) / (2 * s * s)) * (1 - rho**2 / s**2))
    expected = rho - step * slope - round(outside)
    assert float(found) == pytest.approx(expected, abs=0.05)


def test_a_quarter_turn_is_inverted_though_no_fixed_point_contracts(linear_field):
    turn = [[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]]
    u = linear_field((10, 24, 24), turn)

    inversion = invert(u)

    back = linear_field((10, 24, 24), torch.tensor(turn).T)
    inside = (slice(None), slice(None), slice(2, -2), slice(2, -2))
    assert inversion.converged
    torch.testing.assert_close(inversion.u[inside], back[inside], atol=0.02, rtol=0)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_field_of_steep_waves_is_inverted_to_the_last_voxel(seed):
    # Newton steps that were never halved would leave some 200 voxels of these behind.
    torch.manual_seed(seed)
    v = resize_field(torch.randn(3, 5, 5, 5), (28, 28, 28))
    u = integrate_velocity(v * (2.5 / float(v.std())))

    inversion = invert(u)

    assert inversion.converged
    assert float(jacobian_determinant(u).max()) > 10


def test_a_fold_is_reported_as_not_inverted():
    x = voxel_coordinates((24, 24, 24)) - 11.5
    inside = torch.exp(-x.square().sum(0) / 32)
    u = -2.5 * x * inside

    inversion = invert(u)

    assert count_folds(u) > 0
    folded_over = compose(u, inversion.u).norm(dim=0)
    assert not inversion.converged or float(folded_over.max()) > 1.0


def test_a_good_start_saves_sweeps(smooth_field):
    u = smooth_field((24,) * 3, 3.0)
    known = invert(u, tolerance_voxels=1e-4).u

    again = invert(u * 1.0001, start=known)

    assert again.converged
    assert again.sweeps == 0


def test_a_translation_out_of_view_keeps_the_edge():
    u = torch.full((3, 6, 6, 6), 2.0)

    inversion = invert(u)

    torch.testing.assert_close(inversion.u, -u)
    assert int(inversion.in_view.sum()) == 4**3


def test_a_tolerance_of_nothing_is_refused():
    with pytest.raises(ValueError, match="tolerance above zero"):
        invert(torch.zeros(3, 4, 4, 4), tolerance_voxels=0)
