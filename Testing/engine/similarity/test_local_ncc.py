"""Local NCC against a float64 autograd reference, closed form and masks."""

import pytest
import torch
import torch.nn.functional as nnf

from vpreg.similarity.local_ncc import LocalNcc, NccForm
from vpreg.similarity.loss import as_loss

SHAPE = (11, 13, 12)


def textured(shape=SHAPE, seed=0):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator, dtype=torch.float64)


def window_sums(x, radius):
    padded = nnf.pad(x[None, None], (radius,) * 6)
    kernel = torch.ones(1, 1, *(3 * [2 * radius + 1]), dtype=x.dtype)
    return nnf.conv3d(padded, kernel)[0, 0]


def reference(fixed, warped, weight, radius, form, flat_share=1e-4, least_share=0.1):
    """Write the definition down window by window, without a thought for speed."""

    def variance_share(x):
        mean = (x * weight).sum() / weight.sum()
        return flat_share * ((x - mean) ** 2 * weight).sum() / weight.sum()

    count = window_sums(weight, radius)
    seen = count >= least_share * window_sums(torch.ones_like(weight), radius)
    n = torch.where(seen, count, torch.ones_like(count))
    f, w = (window_sums(weight * x, radius) / n for x in (fixed, warped))
    ff, ww, fw = (
        window_sums(weight * x * y, radius) / n
        for x, y in ((fixed, fixed), (warped, warped), (fixed, warped))
    )
    p = ff - f * f + variance_share(fixed)
    q = ww - w * w + variance_share(warped)
    p, q = (torch.where(seen, x, torch.ones_like(x)) for x in (p, q))
    c = fw - f * w
    cc = c * c / (p * q) if form is NccForm.SQUARED else c / (p * q).sqrt()
    voice = weight * seen
    return 1 - (cc * voice).sum() / voice.sum()


@pytest.mark.parametrize("form", list(NccForm))
@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("radius", [1, 2, 4])
def test_value_and_gradient_are_those_of_the_definition(form, masked, radius):
    fixed, other = textured(seed=1), textured(seed=2)
    warped = (0.5 * fixed + other + 3.0).requires_grad_()
    weight = textured(seed=3).sigmoid() if masked else torch.ones(SHAPE, dtype=torch.float64)
    weight[:4, :5, :6] = 0.0 if masked else 1.0

    term = LocalNcc(fixed, radius_voxels=radius, form=form)
    value, gradient = term.value_and_gradient(warped.detach(), weight=weight if masked else None)

    expected = reference(fixed, warped, weight, radius, form)
    (slope,) = torch.autograd.grad(expected, warped)
    torch.testing.assert_close(value, expected.detach())
    torch.testing.assert_close(gradient, slope, rtol=1e-7, atol=1e-12)


def test_the_gradient_is_that_of_finite_differences():
    fixed, warped = textured(seed=1), textured(seed=2)
    term = LocalNcc(fixed, radius_voxels=2)

    _, gradient = term.value_and_gradient(warped)

    for at in [(0, 0, 0), (5, 6, 7), (10, 12, 11), (3, 0, 9)]:
        step = torch.zeros_like(warped)
        step[at] = 1e-5
        rise = term.value_and_gradient(warped + step)[0] - term.value_and_gradient(warped - step)[0]
        torch.testing.assert_close(gradient[at], rise / 2e-5, rtol=1e-5, atol=1e-9)


@pytest.mark.parametrize("form", list(NccForm))
def test_an_image_and_its_affine_copy_are_alike(form):
    fixed = textured()

    value, _ = LocalNcc(fixed, radius_voxels=2, form=form).value_and_gradient(4.0 * fixed - 7.0)

    assert 0 <= value < 5e-4


def test_only_the_squared_form_is_blind_to_inversion():
    fixed = textured()

    squared, _ = LocalNcc(fixed, form=NccForm.SQUARED).value_and_gradient(-fixed)
    signed, _ = LocalNcc(fixed, form=NccForm.SIGNED).value_and_gradient(-fixed)

    assert squared < 1e-3
    assert signed > 1.999


def test_a_lesion_under_the_mask_is_not_seen_at_all():
    fixed, warped = textured(seed=1), textured(seed=2)
    weight = torch.ones(SHAPE, dtype=torch.float64)
    weight[3:8, 4:9, 3:8] = 0.0
    lesion = warped + 50.0 * (weight == 0)
    term = LocalNcc(fixed, radius_voxels=2)

    without = term.value_and_gradient(warped, weight=weight)
    within = term.value_and_gradient(lesion, weight=weight)

    torch.testing.assert_close(within[0], without[0])
    torch.testing.assert_close(within[1], without[1], rtol=1e-8, atol=1e-12)
    assert (within[1][weight == 0] == 0).all()


def test_a_weight_of_one_changes_nothing():
    fixed, warped = textured(seed=1), textured(seed=2)
    term = LocalNcc(fixed, radius_voxels=3)

    plain = term.value_and_gradient(warped)
    weighted = term.value_and_gradient(warped, weight=torch.ones_like(fixed))

    torch.testing.assert_close(weighted[0], plain[0])
    torch.testing.assert_close(weighted[1], plain[1])


def test_an_empty_mask_gives_zero():
    fixed = textured()

    value, gradient = LocalNcc(fixed).value_and_gradient(-fixed, weight=torch.zeros_like(fixed))

    assert value == 0
    assert not gradient.any()


def test_a_weight_changed_in_place_is_noticed():
    fixed, warped = textured(seed=1), textured(seed=2)
    weight = torch.ones_like(fixed)
    term = LocalNcc(fixed, radius_voxels=2)
    term.value_and_gradient(warped, weight=weight)

    weight[:6] = 0.0
    _, gradient = term.value_and_gradient(warped, weight=weight)

    assert not gradient[:6].any()


@pytest.mark.parametrize("form", list(NccForm))
def test_float32_is_exact_enough_far_from_zero_and_on_flat_ground(form):
    fixed, warped = textured((20, 22, 24), 1), textured((20, 22, 24), 2)
    fixed[:10], warped[:, :11] = 0.0, 0.0
    fixed, warped = (1000.0 + 20.0 * fixed).float(), (3000.0 + 5.0 * warped + fixed).float()

    single = LocalNcc(fixed, radius_voxels=3, form=form).value_and_gradient(warped)
    exact = LocalNcc(fixed.double(), radius_voxels=3, form=form)
    double = exact.value_and_gradient(warped.double())

    torch.testing.assert_close(single[0].double(), double[0], rtol=1e-4, atol=0)
    error = (single[1].double() - double[1]).abs().max()
    assert error < 1e-3 * double[1].abs().max()


@pytest.mark.parametrize("form", list(NccForm))
def test_constant_images_give_finite_numbers(form):
    fixed = textured().float()
    flat = torch.full(SHAPE, 5.0)

    for term, warped in ((LocalNcc(fixed, form=form), flat), (LocalNcc(flat, form=form), fixed)):
        value, gradient = term.value_and_gradient(warped)

        assert value == pytest.approx(1.0, abs=1e-3)
        assert gradient.isfinite().all()


def test_autograd_passes_the_gradient_on():
    fixed = textured(seed=1)
    warped = textured(seed=2).requires_grad_()
    term = LocalNcc(fixed, radius_voxels=2)

    (3.0 * as_loss(term)(warped)).backward()

    torch.testing.assert_close(warped.grad, 3.0 * term.value_and_gradient(warped.detach())[1])


def test_an_image_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="Give a warped image like the fixed one"):
        LocalNcc(textured()).value_and_gradient(textured((3, 4, 5)))
