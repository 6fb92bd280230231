"""Diffusion and bending on fields of known derivatives."""

import pytest
import torch

from vpreg.regularity.bending import Bending
from vpreg.regularity.diffusion import Diffusion


def ramp(shape, component, axis, slope):
    u = torch.zeros(3, *shape, dtype=torch.float64)
    line = slope * torch.arange(shape[axis], dtype=torch.float64)
    u[component] = line.view([-1 if a == axis else 1 for a in range(3)])
    return u


def test_a_slope_costs_half_its_square_a_component():
    value, _ = Diffusion().value_and_gradient(ramp((5, 6, 7), 1, 2, 0.3))

    assert torch.isclose(value, torch.tensor(0.5 * 0.09 / 3, dtype=torch.float64))


def test_the_same_deformation_in_mm_costs_the_same_on_an_anisotropic_grid():
    fine = ramp((8, 8, 8), 0, 2, 0.2)
    # Axis 2 sampled every 4 mm: 0.2 mm/mm is 0.8 mm a voxel there.
    coarse = ramp((8, 8, 2), 0, 2, 0.8)

    isotropic, _ = Diffusion((1.0, 1.0, 1.0)).value_and_gradient(fine)
    anisotropic, _ = Diffusion((1.0, 1.0, 4.0)).value_and_gradient(coarse)

    assert torch.isclose(isotropic, anisotropic)


def test_an_affine_map_does_not_bend():
    u = ramp((5, 6, 7), 0, 1, 0.4) + ramp((5, 6, 7), 2, 0, -0.7) + 3.0

    value, gradient = Bending((1.0, 2.0, 3.0)).value_and_gradient(u)

    assert value < 1e-25
    assert gradient.abs().max() < 1e-12


def test_a_checkerboard_is_not_free():
    u = torch.zeros(3, 4, 4, 8)
    u[0] = torch.tensor([1.0, -1.0]).repeat(4)

    assert Diffusion().value_and_gradient(u)[0] > 0.5


@pytest.mark.parametrize("term", [Diffusion(), Bending()])
def test_a_grid_of_one_slice_gives_finite_numbers(term):
    u = torch.randn(3, 1, 5, 6)

    value, gradient = term.value_and_gradient(u)

    assert value.isfinite()
    assert gradient.isfinite().all()


@pytest.mark.parametrize("make", [Diffusion, Bending])
def test_a_spacing_of_zero_is_refused(make):
    with pytest.raises(ValueError, match="spacings above zero"):
        make((1.0, 0.0, 1.0))
