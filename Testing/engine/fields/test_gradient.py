import pytest
import torch

from vpreg.fields.gradient import image_gradient


def test_the_gradient_of_a_ramp_is_its_slope_up_to_the_border():
    k, j, i = torch.meshgrid(*(torch.arange(n).double() for n in (5, 6, 7)), indexing="ij")

    gradient = image_gradient(2 * k - 3 * j + 0.5 * i)

    expected = torch.tensor([2.0, -3.0, 0.5]).double().view(3, 1, 1, 1).expand(3, 5, 6, 7)
    torch.testing.assert_close(gradient, expected.contiguous())


def test_it_agrees_with_torch():
    x = torch.rand(6, 7, 8)

    gradient = image_gradient(x)

    torch.testing.assert_close(gradient, torch.stack(torch.gradient(x)))


def test_gradients_flow_through_it():
    x = torch.rand(3, 4, 5, dtype=torch.float64, requires_grad=True)

    assert torch.autograd.gradcheck(image_gradient, (x,))


def test_a_stack_of_images_is_refused():
    with pytest.raises(ValueError, match="Give an image"):
        image_gradient(torch.zeros(2, 4, 4, 4))
