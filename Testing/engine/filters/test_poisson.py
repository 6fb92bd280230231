"""Poisson's equation against potentials that are known."""

import math

import pytest
import torch

from vpreg.filters.poisson import solve_poisson


def laplacian(psi, spacing_mm):
    """Apply the seven-point Laplacian with zeros just outside the box."""
    padded = torch.nn.functional.pad(psi, (1, 1, 1, 1, 1, 1))
    k, j, i = (slice(1, -1),) * 3
    total = torch.zeros_like(psi)
    for axis, h in enumerate(spacing_mm):
        ahead, behind = [k, j, i], [k, j, i]
        ahead[axis], behind[axis] = slice(2, None), slice(None, -2)
        total += (padded[tuple(ahead)] - 2 * psi + padded[tuple(behind)]) / h**2
    return total


@pytest.mark.parametrize("spacing_mm", [(1.0, 1.0, 1.0), (3.0, 0.8, 1.5)])
def test_a_known_potential_is_found_again(spacing_mm):
    psi = torch.randn((9, 14, 11), dtype=torch.float64, generator=torch.Generator().manual_seed(3))

    found = solve_poisson(laplacian(psi, spacing_mm), spacing_mm)

    assert (found - psi).abs().max() < 1e-10


def test_the_divergence_of_the_gradient_is_the_source():
    source = torch.zeros((10, 12, 8), dtype=torch.float64)
    source[4, 5, 3], source[7, 2, 6] = 2.0, -0.5

    back = laplacian(solve_poisson(source, (2.0, 1.0, 1.5)), (2.0, 1.0, 1.5))

    assert (back - source).abs().max() < 1e-12


def test_lengths_are_in_millimetres():
    source = torch.randn((8, 8, 8), dtype=torch.float64, generator=torch.Generator().manual_seed(1))

    fine, coarse = solve_poisson(source, (1.0,) * 3), solve_poisson(source, (2.0,) * 3)

    assert torch.allclose(coarse, 4 * fine)


def test_a_smooth_wave_has_its_textbook_potential():
    n, h = 31, 1.0 / 32
    x = torch.arange(1, n + 1, dtype=torch.float64) * h
    wave = torch.sin(math.pi * x)
    source = wave[:, None, None] * wave[:, None] * wave

    potential = solve_poisson(source, (h, h, h))

    # Second order in h: the error of (pi h)^2 / 12 is below a tenth of a percent.
    assert torch.allclose(potential, -source / (3 * math.pi**2), rtol=1e-3)


def test_single_precision_keeps_its_type_and_five_digits():
    source = torch.randn((20, 17, 24), generator=torch.Generator().manual_seed(2))

    single = solve_poisson(source, (1.0, 2.0, 1.0))
    double = solve_poisson(source.double(), (1.0, 2.0, 1.0))

    assert single.dtype == torch.float32
    assert (single - double).abs().max() < 1e-5 * double.abs().max()
