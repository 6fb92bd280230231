"""The slope that an alignment follows."""

import numpy as np
import pytest
import torch

from vpreg.images.grid import Grid
from vpreg.solvers.affine_descent import descend
from vpreg.solvers.affine_levels import CoarseScan
from vpreg.solvers.affine_loss import AffineLoss
from vpreg.solvers.affine_parameters import Chart


def blobs(seed, shape, grid):
    noise = torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    smooth = torch.nn.functional.avg_pool3d(noise[None, None], 5, stride=1, padding=2)[0, 0]
    return CoarseScan(smooth, None, grid)


@pytest.mark.parametrize("count", [6, 12])
def test_the_slope_agrees_with_differences(count):
    # Tilted, so that a transposed matrix would show.
    tilted = ((0.0, -0.6, 0.8), (0.0, 0.8, 0.6), (1.0, 0.0, 0.0))
    fixed = blobs(1, (9, 11, 10), Grid((9, 11, 10), (3.0, 2.0, 2.5), (5.0, -7.0, 3.0), tilted))
    moving = blobs(2, (12, 10, 13), Grid((12, 10, 13), (2.0, 2.5, 2.0)))
    start = np.eye(4)
    start[:3, 3] = (4.0, 8.0, -2.0)
    chart = Chart(start, np.array([15.0, 3.0, 12.0]), 12.0)
    at = np.random.default_rng(0).normal(size=count)
    loss = AffineLoss(fixed, moving)
    loss.look_from(chart.matrix(at))

    _, by_matrix = loss.value_and_slope(chart.matrix(at))
    slope = chart.parameter_slope(at, by_matrix)

    steps = np.eye(count) * 1e-6
    rise = [loss.value(chart.matrix(at + s)) - loss.value(chart.matrix(at - s)) for s in steps]
    np.testing.assert_allclose(slope, np.array(rise) / 2e-6, atol=1e-7)
    assert np.abs(slope).min() > 1e-7


def test_a_unit_of_every_parameter_moves_tissue_alike():
    chart = Chart(np.eye(4), np.array([10.0, 20.0, 30.0]), 50.0)
    directions = np.random.default_rng(1).normal(size=(3, 4000))
    sphere = 50.0 * directions / np.linalg.norm(directions, axis=0)
    points = np.vstack([sphere + chart.centre_lps[:, None], np.ones(4000)])

    moved = [
        np.sqrt(np.square((chart.matrix(unit) - np.eye(4)) @ points).sum(0).mean())
        for unit in np.eye(12)
    ]

    assert min(moved) > 0.5
    assert max(moved) < 1.01


def test_descent_finds_the_bottom_of_a_narrow_valley():
    def rosenbrock(p):
        x, y = p
        slope = np.array([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)])
        return (1 - x) ** 2 + 100 * (y - x * x) ** 2, slope

    found = descend(
        rosenbrock,
        np.array([-1.2, 1.0]),
        inverse_curvature=None,
        longest_step=1.0,
        shortest_step=1e-9,
        iterations=100,
        each_iteration=lambda _: None,
    )

    np.testing.assert_allclose(found.parameters, [1.0, 1.0], atol=1e-5)
