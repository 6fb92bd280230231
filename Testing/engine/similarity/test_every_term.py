"""What all terms promise alike."""

import pytest
import torch

from vpreg.similarity.local_ncc import LocalNcc, NccForm
from vpreg.similarity.loss import as_loss
from vpreg.similarity.mean_squares import MeanSquares, WeightForm
from vpreg.similarity.mind import MindSsc
from vpreg.similarity.mutual_information import MutualInformation
from vpreg.similarity.pearson import GlobalPearson

SHAPE = (10, 9, 11)
TERMS = {
    "local": lambda f: LocalNcc(f, radius_voxels=2),
    "local anisotropic": lambda f: LocalNcc(f, radius_voxels=(0, 1, 3), form=NccForm.SIGNED),
    "pearson": GlobalPearson,
    "squares": MeanSquares,
    "support": lambda f: MeanSquares(f, form=WeightForm.SUPPORT, support_threshold=0.3),
    "mind": lambda f: MindSsc(f, radius=1, dilation=2),
    "mind in planes": lambda f: MindSsc(f, radius=1, dilation=2, across=0),
    "information": lambda f: MutualInformation(f, bins=12, warped_range=(-4.0, 4.0)),
}


@pytest.fixture(params=TERMS.values(), ids=TERMS.keys())
def make_term(request):
    return request.param


def textured(seed, shape=SHAPE):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def soft_weight():
    weight = textured(3).sigmoid()
    weight[2:6, 3:7, 4:9] = 0.0
    return weight


@pytest.mark.parametrize("masked", [False, True])
def test_the_gradient_is_that_of_finite_differences(make_term, masked):
    fixed, warped = textured(1), 0.6 * textured(1) + textured(2)
    weight = soft_weight() if masked else None
    term = make_term(fixed)

    _, gradient = term.value_and_gradient(warped, weight=weight)

    for at in [(0, 0, 0), (5, 4, 2), (9, 8, 10), (3, 0, 9), (1, 7, 5), (4, 5, 6)]:
        step = torch.zeros_like(warped)
        step[at] = 1e-6
        up, down = (term.value_and_gradient(warped + s, weight=weight)[0] for s in (step, -step))
        torch.testing.assert_close(gradient[at], (up - down) / 2e-6, rtol=1e-4, atol=1e-8)


def test_what_lies_under_the_mask_is_not_seen(make_term):
    fixed, warped, weight = textured(1), textured(2), soft_weight()
    lesion = 3.0 * textured(4) * (weight == 0)
    # A small change: the default bins span the range of the fixed image.
    other = fixed + 1e-3 * lesion * (fixed.abs() < 2)

    plain = make_term(fixed).value_and_gradient(warped, weight=weight)
    changed = make_term(other).value_and_gradient(warped + lesion, weight=weight)

    torch.testing.assert_close(changed, plain, rtol=1e-8, atol=1e-12)
    assert not plain[1][weight == 0].any()


def test_a_weight_of_one_changes_nothing(make_term):
    fixed, warped = textured(1), textured(2)
    term = make_term(fixed)

    plain = term.value_and_gradient(warped)
    weighted = term.value_and_gradient(warped, weight=torch.ones_like(fixed))

    torch.testing.assert_close(weighted, plain)


def test_an_empty_mask_gives_zero(make_term):
    fixed, warped = textured(1), textured(2)

    value, gradient = make_term(fixed).value_and_gradient(warped, weight=torch.zeros_like(fixed))

    assert value == 0
    assert not gradient.any()


def test_the_same_image_is_a_minimum(make_term):
    fixed = textured(1)
    term = make_term(fixed)

    best, _ = term.value_and_gradient(fixed)

    assert all(term.value_and_gradient(fixed + 0.3 * textured(s))[0] > best for s in range(5, 9))


def test_float32_follows_float64(make_term):
    fixed, warped = textured(1).float(), textured(2).float()

    single = make_term(fixed).value_and_gradient(warped)
    double = make_term(fixed.double()).value_and_gradient(warped.double())

    assert single[0].dtype == single[1].dtype == torch.float32
    torch.testing.assert_close(single[0].double(), double[0], rtol=1e-4, atol=1e-6)
    assert (single[1] - double[1]).abs().max() < 1e-3 * double[1].abs().max()


def test_a_constant_image_gives_finite_numbers(make_term):
    fixed, flat = textured(1).float(), torch.full(SHAPE, 0.3)

    value, gradient = make_term(fixed).value_and_gradient(flat)

    assert value.isfinite()
    assert gradient.isfinite().all()


def test_the_inputs_stay_as_they_were_and_out_is_filled(make_term):
    fixed, warped, weight = textured(1), textured(2), soft_weight()
    copies = [x.clone() for x in (fixed, warped, weight)]
    out = torch.empty_like(fixed)
    term = make_term(fixed)

    _, gradient = term.value_and_gradient(warped, weight=weight, out=out)

    assert gradient.data_ptr() == out.data_ptr()
    for x, copy in zip((fixed, warped, weight), copies, strict=True):
        assert torch.equal(x, copy)


def test_images_in_another_memory_order_give_the_same(make_term):
    fixed, warped = textured(1), textured(2)
    turned = [x.permute(2, 1, 0).contiguous().permute(2, 1, 0) for x in (fixed, warped)]

    found = make_term(turned[0]).value_and_gradient(turned[1])

    torch.testing.assert_close(found, make_term(fixed).value_and_gradient(warped))


def test_autograd_passes_the_gradient_on(make_term):
    fixed, warped, weight = textured(1), textured(2).requires_grad_(), soft_weight()
    term = make_term(fixed)

    (3.0 * as_loss(term)(warped, weight)).backward()

    _, gradient = term.value_and_gradient(warped.detach(), weight=weight)
    torch.testing.assert_close(warped.grad, 3.0 * gradient)


def test_an_image_of_another_shape_is_refused(make_term):
    with pytest.raises(ValueError, match="Give a warped image like the fixed one"):
        make_term(textured(1)).value_and_gradient(textured(1, (3, 4, 5)))
