"""The soft mask that a frozen first network finds."""

import itertools

import pytest
import torch

from Testing.engine.networks.network_cases import small_network
from Testing.engine.training.loss_cases import ball, batched, home_of, pair_of, texture
from vpreg.fields.invert import invert
from vpreg.fields.sampling import voxel_coordinates
from vpreg.fields.warp import warp
from vpreg.masks.paper_mask import paper_size_map, paper_soft_mask
from vpreg.networks.architectures import Architecture
from vpreg.networks.network import FieldNetwork, Prediction
from vpreg.recipes.paper_mismatch import backward_determinant
from vpreg.training.loss.guide import Guide, GuideSettings, WayBack
from vpreg.training.loss.organ import moving_organ

SHAPE = (32, 32, 32)
CENTRE = (15.0, 15.0, 12.0)
SHIFT = (0.0, 0.0, 7.0)
"""The lesion lies seven voxels further on in the moving scan."""
LESION = (15.0, 15.0, 19.0)


class Told(FieldNetwork):
    """Predicts the given fields in turn."""

    def __init__(self, *fields):
        super().__init__(mask_channel=False)
        self.fields = itertools.cycle(fields)

    def forward(self, fixed, moving, mask=None):
        del fixed, moving, mask
        u = next(self.fields)[None]
        return Prediction(u=u, smooth=(u,))


def squeeze(strength, *, centre=CENTRE, shift=SHIFT, width=3.0):
    """Return a field whose determinant is (1 + strength)³ at the centre, and a shift."""
    offset = voxel_coordinates(SHAPE) - torch.tensor(centre).view(3, 1, 1, 1)
    hill = torch.exp(-offset.square().sum(0) / (2 * width**2))
    return strength * offset * hill + torch.tensor(shift).view(3, 1, 1, 1)


def pair(**more):
    organ = batched(ball(SHAPE, 13.0))
    image = texture(SHAPE, seed=1).float()
    return pair_of(image, image.flip(0), **{"moving_organ": organ, **more})


def guide(*fields, **settings):
    return Guide(Told(*fields), home_of(SHAPE), GuideSettings(**settings))


def test_a_squeezed_lesion_is_marked_where_it_lies_in_the_moving_scan():
    found = guide(squeeze(0.5))(pair())

    mask = found.mask[0, 0]
    near, far = ball(SHAPE, 1.5, LESION) > 0, ball(SHAPE, 9.0, LESION) == 0
    assert mask[near].min() > 0.8
    assert mask[far].max() < 0.02
    assert found.channel().max() > 1.8
    assert found.channel()[found.organ == 0].max() == 0


def test_tissue_that_did_what_the_organ_did_has_no_weight_at_all():
    # The floor of the sigmoid has gone: .0759 a voxel would add up over an organ (T18).
    found = guide(torch.zeros(3, *SHAPE))(pair())

    assert found.mask.max() == 0
    torch.testing.assert_close(found.channel(), found.organ)


def test_stretched_tissue_counts_when_asked_for():
    stretched = squeeze(-0.4)
    near = ball(SHAPE, 1.0, LESION) > 0

    one_sided = guide(stretched)(pair()).mask[0, 0]
    two_sided = guide(stretched, shrink_only=False)(pair()).mask[0, 0]

    assert one_sided[near].max() < 0.02
    assert two_sided[near].min() > 0.8


def test_a_second_registration_finds_the_same_as_the_inverse():
    u = squeeze(0.4)

    inverse = guide(u)(pair()).mask
    network = guide(u, invert(u).u, way_back=WayBack.NETWORK)(pair()).mask

    torch.testing.assert_close(network, inverse, atol=0.05, rtol=0)


def test_of_two_flows_the_second_counts_and_comes_back_through_both():
    first = squeeze(0.3, centre=(15.0, 18.0, 15.0), shift=(0.0, 0.0, 4.0))
    second = squeeze(0.5, centre=(15.0, 14.0, 13.0), shift=(0.0, 2.0, 0.0))
    given = pair()
    organ = given.moving_organ[0, 0]

    found = guide(first, second, flows=2)(given).mask[0, 0]

    carried = warp(organ, first)
    again = warp(carried, second)
    ratio = float((again > 0.5).sum() / (carried > 0.5).sum())
    size = paper_size_map(backward_determinant(second), again, ratio)
    moved = warp(warp(size, invert(second).u), invert(first).u)
    expected = ((paper_soft_mask(moved, organ) - 0.07586) / 0.92414).clamp(min=0)
    assert found.max() > 0.8
    assert (found - expected).abs().mean() < 1e-3
    torch.testing.assert_close(found, expected, atol=0.15, rtol=0)


def test_the_first_network_is_frozen_and_in_evaluation():
    first = small_network(Architecture.VOXELMORPH_DIFFEOMORPHIC).train()
    made = Guide(first, home_of(SHAPE))
    given = pair()

    found, again = made(given), made(given)

    assert not first.training
    assert not any(p.requires_grad for p in first.parameters())
    assert not found.mask.requires_grad
    assert torch.equal(found.mask, again.mask)


def test_without_an_organ_mask_what_stands_out_is_the_organ():
    blob = ball(SHAPE, 10.0)
    given = pair_of(0.8 * blob, 0.8 * blob)

    organ = moving_organ(given, home_of(SHAPE))[0, 0]

    assert float((organ * blob).sum() * 2 / (organ.sum() + blob.sum())) > 0.85


def test_three_flows_are_refused():
    with pytest.raises(ValueError, match="one flow or two"):
        GuideSettings(flows=3)
