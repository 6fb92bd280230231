"""MIND-SSC: invariance (O10), the definition, and its gradient."""

import pytest
import torch
import torch.nn.functional as nnf

from vpreg.similarity.mind import MindSsc, describe
from vpreg.similarity.patch_distances import (
    NEIGHBOURS,
    PAIRS,
    PatchDistances,
    plain_distances,
    workspace,
)
from vpreg.similarity.shifts import add_shifted_adjoint, shifted


def textured(seed, shape=(9, 10, 8)):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def reference(x, radius, dilation):
    """Follow methods §7.1 with plain autograd operations."""
    n = dilation
    padded = nnf.pad(x[None, None], (n,) * 6, mode="replicate")[0, 0]
    shape = x.shape

    def at(axis, side):
        start = [n + side * n * (a == axis) for a in range(3)]
        k, j, i = (slice(s, s + size) for s, size in zip(start, shape, strict=True))
        return padded[k, j, i]

    near = [at(axis, side) for axis, side in NEIGHBOURS]
    squares = torch.stack([(near[a] - near[b]) ** 2 for a, b in PAIRS])
    distances = nnf.avg_pool3d(squares[None], 2 * radius + 1, 1, radius, count_include_pad=False)[0]
    excess = distances - distances.amin(0)
    noise = excess.mean(0)
    average = noise.mean()
    noise = torch.maximum(torch.minimum(noise, 1e3 * average), 1e-3 * average)
    return torch.exp(-excess / noise)


@pytest.mark.parametrize(("radius", "dilation"), [(1, 2), (2, 1), (1, 3)])
def test_value_and_gradient_are_those_of_the_definition(radius, dilation):
    fixed, warped = textured(1), textured(2)
    warped[:5] *= 1e-3  # so that the noise meets the lower bound of its clamp
    warped.requires_grad_()

    value, gradient = MindSsc(fixed, radius=radius, dilation=dilation).value_and_gradient(
        warped.detach()
    )

    difference = reference(fixed, radius, dilation) - reference(warped, radius, dilation)
    expected = (difference**2).mean()
    (slope,) = torch.autograd.grad(expected, warped)
    torch.testing.assert_close(value, expected.detach())
    torch.testing.assert_close(gradient, slope, rtol=1e-6, atol=1e-10)


def test_twelve_pairs_lie_the_same_distance_apart():
    corners = torch.zeros(6, 3)
    for n, (axis, side) in enumerate(NEIGHBOURS):
        corners[n, axis] = side

    gaps = torch.stack([(corners[a] - corners[b]).norm() for a, b in PAIRS])

    torch.testing.assert_close(gaps, torch.full((12,), 2.0**0.5))


def test_an_affine_change_of_intensity_is_not_seen():
    fixed = textured(1)
    term = MindSsc(fixed)

    for copy in (fixed, -2.5 * fixed + 40.0):
        value, gradient = term.value_and_gradient(copy)

        assert value < 1e-20
        assert gradient.abs().max() < 1e-10


def test_every_descriptor_has_a_one_and_stays_above_zero():
    x = textured(3)
    share = torch.full_like(x, 1 / x.numel())

    descriptor = torch.empty(12, *x.shape, dtype=x.dtype)
    describe(plain_distances(x, 1, 2).of(x, workspace(x)), share, out=descriptor)

    assert descriptor.shape == (12, *x.shape)
    assert (descriptor.amax(0) == 1).all()
    assert (descriptor >= 0).all()


@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize("by", [-9, -2, 0, 1, 3, 5])
def test_shifts_repeat_the_border_and_have_an_exact_adjoint(axis, by):
    x, y = torch.randn(2, 5, 4, 6, dtype=torch.float64)
    at = (torch.arange(x.shape[axis]) + by).clamp(0, x.shape[axis] - 1)

    there, back = shifted(x, axis, by), torch.zeros_like(x)
    add_shifted_adjoint(y, axis, by, onto=back)

    assert torch.equal(there, x.index_select(axis, at))
    assert torch.isclose((there * y).sum(), (x * back).sum())


def test_weights_of_one_give_the_plain_distances():
    x = textured(1)
    plain = plain_distances(x, 1, 2)
    inverse = plain.inverse_mass.expand(12, *x.shape)
    ones = PatchDistances(1, 2, inverse, [torch.ones_like(x)] * 6)

    found, expected = ones.of(x, workspace(x)), plain.of(x, workspace(x))

    torch.testing.assert_close(found, expected)
