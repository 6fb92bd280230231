import torch

from vpreg.fields.compose import compose, compose_inverses
from vpreg.fields.invert import invert
from vpreg.fields.jacobian import jacobian_determinant
from vpreg.fields.warp import warp

INSIDE = (slice(6, -6),) * 3


def test_two_linear_maps_compose_to_their_product(linear_field):
    a = [[1.1, 0.1, 0.0], [0.0, 0.9, 0.05], [-0.1, 0.0, 1.05]]
    b = [[0.95, 0.0, 0.1], [0.1, 1.1, 0.0], [0.0, 0.1, 1.0]]
    first, then = linear_field((20, 20, 20), a), linear_field((20, 20, 20), b)

    both = compose(first, then)

    product = torch.tensor(b, dtype=torch.float64) @ torch.tensor(a, dtype=torch.float64)
    expected = linear_field((20, 20, 20), product)
    torch.testing.assert_close(both[:, 3:-3, 3:-3, 3:-3], expected[:, 3:-3, 3:-3, 3:-3])


def test_warping_by_then_and_by_first_is_warping_by_the_composition(smooth_field, bump):
    _, distance = bump(32, 0.0, 1.0)
    image = torch.exp(-distance.square() / 50)
    first, then = smooth_field((32,) * 3, 2.0), smooth_field((32,) * 3, 2.0, seed=1)

    at_once = warp(image, compose(first, then))

    in_turn = warp(warp(image, then), first)
    torch.testing.assert_close(at_once[INSIDE], in_turn[INSIDE], atol=0.02, rtol=0)


def test_determinants_multiply_and_the_aggregate_matches_its_own_ratio(linear_field):
    # T3: an organ ratio of the whole map belongs to the determinant of the whole map.
    first = linear_field((24,) * 3, torch.eye(3) * 1.2)
    then = linear_field((24,) * 3, torch.eye(3) * 0.9)

    whole = jacobian_determinant(compose(first, then))[INSIDE]

    ratio = (1.2 * 0.9) ** -3
    torch.testing.assert_close(whole * ratio, torch.ones_like(whole))
    residual_only = jacobian_determinant(then)[INSIDE] * ratio
    assert float((residual_only - 1).abs().min()) > 0.3


def test_the_inverse_of_a_composition_reverses_the_order(smooth_field):
    # T13
    first, then = smooth_field((28,) * 3, 3.0), smooth_field((28,) * 3, 3.0, seed=3)
    backward = compose_inverses(invert(first).u, invert(then).u)

    there_and_back = compose(compose(first, then), backward)
    wrong_order = compose(compose(first, then), compose(invert(first).u, invert(then).u))

    middle = (slice(None), *(slice(9, -9),) * 3)
    assert float(there_and_back[middle].abs().max()) < 0.1
    assert float(wrong_order[middle].abs().max()) > 0.3


def test_the_first_field_may_lie_on_a_grid_of_another_shape(linear_field):
    first = torch.full((3, 6, 7, 8), 0.5, dtype=torch.float64)
    then = linear_field((12, 12, 12), torch.eye(3) * 1.1)

    both = compose(first, then)

    assert both.shape == first.shape
    expected = 0.5 + 0.1 * (1 + 0.5 - 5.5)
    torch.testing.assert_close(float(both[0, 1, 1, 1]), expected)


def test_gradients_flow_to_both_fields(smooth_field):
    first = smooth_field((4, 4, 5), 0.4).requires_grad_()
    then = smooth_field((4, 4, 5), 0.4, seed=5).requires_grad_()

    assert torch.autograd.gradcheck(compose, (first, then), eps=1e-6, atol=1e-6)
