"""Mass effect of lesions."""

import pytest
import torch

from vpreg.fields.jacobian import jacobian_determinant
from vpreg.fields.sampling import voxel_coordinates
from vpreg.synthetic.push import Push, push_of_lesion

CENTRE = (15.3, 16.1, 14.8)


def places():
    return voxel_coordinates((32, 32, 32), dtype=torch.float64)


@pytest.mark.parametrize("a", [-0.9, -0.4, 0.8])
def test_push_undoes_pull(a):
    push = Push(CENTRE, 12.0, a)

    there_and_back = push.push(push.pull(places()))

    assert (there_and_back - places()).abs().max() < 1e-3


def test_the_determinant_is_that_of_the_closed_form():
    push = Push(CENTRE, 14.0, -0.5)
    x = places()
    offset = x - torch.tensor(CENTRE, dtype=x.dtype).view(3, 1, 1, 1)
    t = (offset.square().sum(0) / 14.0**2).clamp(max=1)
    expected = (1 - 0.5 * (1 - t) ** 3) ** 2 * (1 - 0.5 * (1 - t) ** 2 * (1 - 7 * t))

    determinant = jacobian_determinant(push.pull(x) - x)

    assert (determinant - expected).abs().max() < 0.02


def test_a_lesion_displaces_the_asked_share_of_its_volume():
    push = push_of_lesion(CENTRE, radius=5.0, strength=0.4, support=13.0)
    edge = torch.tensor([CENTRE[0], CENTRE[1], CENTRE[2] + 5.0], dtype=torch.float64)

    before = push.pull(edge.view(3, 1, 1, 1))

    radius = float((before.flatten() - torch.tensor(CENTRE, dtype=torch.float64)).norm())
    assert radius**3 == pytest.approx(0.6 * 5.0**3, rel=1e-4)


def test_tissue_beyond_the_support_stays():
    push = push_of_lesion(CENTRE, radius=4.0, strength=0.5, support=9.0)
    x = places()
    offset = x - torch.tensor(CENTRE, dtype=x.dtype).view(3, 1, 1, 1)

    moved = (push.pull(x) - x).norm(dim=0)

    assert moved[offset.norm(dim=0) >= 9.0].max() == 0
    assert moved.max() > 0.3


def test_a_push_without_strength_moves_nothing():
    push = push_of_lesion(CENTRE, radius=4.0, strength=0.0, support=9.0)

    assert torch.equal(push.pull(places()), places())


def test_an_impossible_strength_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="Give a mass effect from 0"):
        push_of_lesion(CENTRE, radius=4.0, strength=1.2, support=9.0)
