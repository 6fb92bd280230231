"""Values and gradients of all penalties against autograd in float64, and their manners."""

import dataclasses
import math

import pytest
import torch
import torch.nn.functional as nnf

from vpreg.fields.jacobian import jacobian_determinant, jacobian_matrix
from vpreg.regularity.bending import Bending
from vpreg.regularity.diffusion import Diffusion
from vpreg.regularity.folding import BarrierForm, FoldingBarrier
from vpreg.regularity.rigidity import Rigidity
from vpreg.regularity.stencils import DeterminantStencil
from vpreg.regularity.volume_preservation import VolumeChange, VolumePreservation
from vpreg.regularity.volume_preservation_paper import VolumePreservationPaper
from vpreg.similarity.loss import as_loss

SHAPE = (6, 7, 8)
SPACING = (2.0, 1.0, 0.5)


def random(seed, *shape):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def diffusion(u, _):
    total = 0.0
    for c in range(3):
        for a in range(3):
            step = u[c].diff(dim=a) * SPACING[c] / SPACING[a]
            total = total + 0.5 * (step**2).mean() / 3
    return total


def bending(u, _):
    total = 0.0
    for c in range(3):
        for a in range(3):
            for b in range(3):
                curve = u[c].diff(dim=a).diff(dim=b) * SPACING[c] / (SPACING[a] * SPACING[b])
                total = total + 0.5 * (curve**2).mean() / 3
    return total


def mean(penalty, weight):
    return (penalty * weight).sum() / weight.sum()


def barrier(u, weight):
    return mean((0.5 - jacobian_determinant(u)).clamp(min=0), weight)


def squared_barrier(u, weight):
    return mean((0.5 - jacobian_determinant(u)).clamp(min=0) ** 2 / 1.0, weight)


def log_volume(u, weight, change=VolumeChange.BOTH):
    det = jacobian_determinant(u)
    floored = torch.where(det > 0.1, det, 0.1 * torch.exp((det - 0.1) / 0.1))
    z = torch.log(floored * 0.8)
    if change is VolumeChange.SHRINK:
        z = z.clamp(min=0)
    return mean(torch.sqrt(z**2 + 0.05**2) - 0.05, weight)


def shrinking(u, weight):
    return log_volume(u, weight, VolumeChange.SHRINK)


def paper(u, weight):
    d = (jacobian_determinant(u).abs() * 0.8).clamp(1 / 3, 3)
    return mean(torch.maximum(d, 1 / d), weight)


def paper_backward(u, weight):
    cut = slice(1, None)
    rows = []
    for c in range(3):
        k = u[c][1:, cut, cut] - u[c][:-1, cut, cut]
        j = u[c][cut, 1:, cut] - u[c][cut, :-1, cut]
        i = u[c][cut, cut, 1:] - u[c][cut, cut, :-1]
        rows.append(torch.stack([k, j, i], -1))
    det = torch.linalg.det(torch.stack(rows, -2) + torch.eye(3, dtype=u.dtype))
    d = (det.abs() * 0.8).clamp(1 / 3, 3)
    size = [n - 1 for n in weight.shape]
    v = nnf.interpolate(weight[None, None], size, mode="trilinear", align_corners=False)[0, 0]
    return mean(torch.maximum(d, 1 / d), v)


def rigidity(u, weight):
    scale = torch.tensor(SPACING, dtype=u.dtype)
    j = jacobian_matrix(u).permute(2, 3, 4, 0, 1) * scale[:, None] / scale
    excess = j.mT @ j - torch.eye(3, dtype=u.dtype)
    return mean((excess**2).sum((-1, -2)) + 0.7 * (torch.linalg.det(j) - 1) ** 2, weight)


CASES = {
    "diffusion": (Diffusion(SPACING), diffusion),
    "bending": (Bending(SPACING), bending),
    "barrier": (FoldingBarrier(0.5), barrier),
    "squared barrier": (FoldingBarrier(0.5, BarrierForm.SQUARED), squared_barrier),
    "volume": (VolumePreservation(0.8), log_volume),
    "shrinking": (VolumePreservation(0.8, VolumeChange.SHRINK), shrinking),
    "paper": (VolumePreservationPaper(0.8), paper),
    "paper backward": (
        VolumePreservationPaper(0.8, DeterminantStencil.BACKWARD),
        paper_backward,
    ),
    "rigidity": (Rigidity(SPACING, properness=0.7), rigidity),
}
MASKED = [name for name in CASES if name not in ("diffusion", "bending")]


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("amplitude", [0.1, 0.6])
@pytest.mark.parametrize("voxels_at_once", [1, 150, 1 << 17])
def test_value_and_gradient_are_those_of_the_definition(
    name, amplitude, voxels_at_once, monkeypatch
):
    monkeypatch.setattr("vpreg.regularity.pieces.VOXELS_AT_ONCE", voxels_at_once)
    term, reference = CASES[name]
    u = (amplitude * random(1, 3, *SHAPE)).requires_grad_()
    weight = torch.ones(SHAPE, dtype=u.dtype)

    value, gradient = term.value_and_gradient(u.detach())

    expected = reference(u, weight)
    (slope,) = torch.autograd.grad(expected, u)
    torch.testing.assert_close(value, expected.detach())
    torch.testing.assert_close(gradient, slope, rtol=1e-7, atol=1e-12)


@pytest.mark.parametrize("name", MASKED)
@pytest.mark.parametrize("corner", [(0, 0, 0), (2, 3, 4), (3, 3, 3)])
@pytest.mark.parametrize("voxels_at_once", [1, 1 << 17])
def test_a_mask_confines_the_penalty_exactly(name, corner, voxels_at_once, monkeypatch):
    monkeypatch.setattr("vpreg.regularity.pieces.VOXELS_AT_ONCE", voxels_at_once)
    term, reference = CASES[name]
    u = (0.4 * random(2, 3, *SHAPE)).requires_grad_()
    weight = torch.zeros(SHAPE, dtype=u.dtype)
    k, j, i = corner
    weight[k : k + 3, j : j + 3, i : i + 4] = random(3, 3, 3, 4).sigmoid()

    value, gradient = term.value_and_gradient(u.detach(), weight=weight)

    expected = reference(u, weight)
    (slope,) = torch.autograd.grad(expected, u)
    torch.testing.assert_close(value, expected.detach())
    torch.testing.assert_close(gradient, slope, rtol=1e-7, atol=1e-12)


@pytest.mark.parametrize("name", MASKED)
def test_no_mask_left_gives_zero_that_still_hangs_in_the_graph(name):
    term, _ = CASES[name]
    u = random(1, 3, *SHAPE).requires_grad_()

    loss = as_loss(term)(u, torch.zeros(SHAPE, dtype=u.dtype))
    loss.backward()

    assert loss == 0
    assert not u.grad.any()


@pytest.mark.parametrize("name", CASES)
def test_a_translation_has_the_least_penalty_and_no_slope(name):
    term, _ = CASES[name]
    if hasattr(term, "organ_ratio"):
        term = dataclasses.replace(term, organ_ratio=1.0)
    u = torch.tensor([1.5, -2.0, 30.0], dtype=torch.float64)[:, None, None, None].repeat(1, *SHAPE)

    value, gradient = term.value_and_gradient(u)

    least = 1.0 if name.startswith("paper") else 0.0
    assert math.isclose(value, least, abs_tol=1e-12)
    if not name.startswith("paper"):  # its kink lies there
        assert gradient.abs().max() < 1e-12


@pytest.mark.parametrize("name", CASES)
def test_float32_stays_float32_and_close(name):
    term, _ = CASES[name]
    u = 0.2 * random(4, 3, *SHAPE).float()

    single, double = term.value_and_gradient(u), term.value_and_gradient(u.double())

    assert single[0].dtype == single[1].dtype == torch.float32
    torch.testing.assert_close(single[0].double(), double[0], rtol=1e-5, atol=1e-6)
    torch.testing.assert_close(single[1].double(), double[1], rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize("name", CASES)
def test_out_receives_the_gradient_whatever_it_held(name):
    term, _ = CASES[name]
    u = 0.3 * random(5, 3, *SHAPE)
    out = torch.full_like(u, 7.0)

    _, gradient = term.value_and_gradient(u, out=out)

    assert gradient.data_ptr() == out.data_ptr()
    torch.testing.assert_close(out, term.value_and_gradient(u)[1])


@pytest.mark.parametrize("name", CASES)
def test_what_is_no_field_is_refused(name):
    with pytest.raises(ValueError, match="displacement field of shape"):
        CASES[name][0].value_and_gradient(torch.zeros(5, 6, 7))
