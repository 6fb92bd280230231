"""Overlap of labels, differentiable."""

import pytest
import torch

from Testing.engine.training.loss_cases import Learned, batched, pair_of, texture, wavy
from vpreg.fields.warp import warp
from vpreg.training.loss.label_dice import common_labels, soft_dice_loss
from vpreg.training.loss.loss_settings import LossSettings
from vpreg.training.loss.network_loss import network_loss

SHAPE = (10, 10, 10)


def labels_of(seed):
    """Return labels 0 to 5 in smooth patches."""
    x = texture(SHAPE, seed=seed, smooth=1.5)
    edges = torch.quantile(x.flatten(), torch.tensor([0.3, 0.5, 0.6, 0.8, 0.9], dtype=x.dtype))
    return torch.bucketize(x, edges)


def plain(fixed, moving, u, labels):
    values = []
    for label in labels:
        f = (fixed == label).to(u.dtype)
        w = warp((moving == label).to(u.dtype), u)
        values.append(2 * (f * w).sum() / (f.sum() + w.sum()))
    return 1 - torch.stack(values).mean()


@pytest.mark.parametrize("at_once", [1, 2, 9])
def test_it_and_its_slope_are_those_of_the_formula(at_once):
    fixed, moving = labels_of(1), labels_of(2)
    u = wavy(SHAPE).requires_grad_()

    own = soft_dice_loss(fixed, moving, u, labels_at_once=at_once)
    expected = plain(fixed, moving, u, range(1, 6))

    torch.testing.assert_close(own, expected)
    slopes = [torch.autograd.grad(loss, u)[0] for loss in (own, expected)]
    torch.testing.assert_close(*slopes)


def test_two_boxes_that_share_a_half():
    fixed, moving = torch.zeros(SHAPE).long(), torch.zeros(SHAPE).long()
    fixed[2:6, 2:6, 2:6] = 3
    moving[4:8, 2:6, 2:6] = 3

    still = soft_dice_loss(fixed, moving, torch.zeros(3, *SHAPE))
    shift = torch.zeros(3, *SHAPE)
    shift[0] = 2.0

    assert float(still) == pytest.approx(0.5)
    assert float(soft_dice_loss(fixed, moving, shift)) == pytest.approx(0, abs=1e-6)


def test_only_labels_of_both_count():
    fixed, moving = torch.zeros(SHAPE), torch.zeros(SHAPE)
    fixed[:2], moving[:2] = 7.0, 7.0
    fixed[5:], moving[8:] = 1.0, 2.0

    assert common_labels(fixed, moving) == [7]
    assert float(soft_dice_loss(fixed, moving, torch.zeros(3, *SHAPE))) == pytest.approx(0)


def test_without_a_common_label_it_is_a_zero_that_can_be_differentiated():
    u = wavy(SHAPE).requires_grad_()

    own = soft_dice_loss(torch.zeros(SHAPE), labels_of(1), u)
    (slope,) = torch.autograd.grad(own, u)

    assert float(own.detach()) == 0
    assert not slope.any()


def test_labels_enter_the_loss_where_both_scans_have_them():
    u, fixed, moving = wavy(SHAPE), labels_of(1), labels_of(2)
    images = texture(SHAPE, seed=1), texture(SHAPE, seed=2)
    labelled = pair_of(*images, fixed_labels=batched(fixed), moving_labels=batched(moving))
    half = pair_of(*images, fixed_labels=batched(fixed))
    settings = LossSettings(label_weight=2.0)

    losses = network_loss(Learned(u), labelled, settings)
    without = network_loss(Learned(u), half, settings)

    torch.testing.assert_close(losses.parts["labels"], plain(fixed, moving, u, range(1, 6)))
    difference = losses.total - without.total
    torch.testing.assert_close(difference.detach(), 2 * losses.parts["labels"])
