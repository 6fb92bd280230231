"""Known lesions get the size that they will be measured to have."""

import math

import numpy as np
import pytest
import torch

from Testing.engine.solvers.pair_cases import ball, squeeze
from vpreg.fields.affine import follow_by_affine
from vpreg.fields.folds import count_folds
from vpreg.images.cropping import bounding_box
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.metrics.stsr import measure_stsr
from vpreg.recipes.prepare import Prepared
from vpreg.recipes.settle_lesions import known_lesions, settle_lesions

FIXED = Grid((44, 48, 48), (1.5, 1.5, 1.5), (-33.0, -36.0, -36.0))


def tilted():
    """Make thick slices, tilted by ten degrees."""
    angle = math.radians(10.0)
    direction = np.array(
        [[math.cos(angle), -math.sin(angle), 0], [math.sin(angle), math.cos(angle), 0], [0, 0, 1]]
    )
    return Grid((14, 40, 40), (5.0, 1.8, 1.8), tuple(direction @ (-33.0, -35.0, -35.0)), direction)


@pytest.fixture(scope="module")
def case():
    grid = tilted()
    big, small = (ball(grid.shape, centre, radius) for centre, radius in
                  (((6, 18, 16), 4.5), ((7, 27, 28), 3.0)))  # fmt: skip
    # In voxels of thick slices a ball is a flat one; what counts is that there are two.
    tumor = Image(((big + small) > 0.5).int(), grid)
    organ = Image(torch.ones(grid.shape), grid)
    affine = np.eye(4)
    affine[:3, 3] = (1.3, -0.7, 2.1)
    u = squeeze(FIXED.shape, (18, 21, 19), 0.3, 5.0) + squeeze(FIXED.shape, (24, 29, 31), -0.2, 4.0)
    image = Image(torch.rand(FIXED.shape), FIXED)
    everything = torch.ones(FIXED.shape)
    prepared = Prepared(
        box=bounding_box(Image(everything, FIXED)),
        fixed=image, moving=image, fixed_organ=everything, moving_organ=everything,
        lesions=(), fixed_weight=None, moving_weight=None,
    )  # fmt: skip
    return tumor, organ, affine, u, prepared


def sizes(u, case):
    tumor, organ, affine, _, _ = case
    labels = known_lesions(tumor, organ, affine).labels
    whole = follow_by_affine(u, affine, FIXED, tumor.grid)
    found = measure_stsr(labels, organ.voxels, whole, fixed_grid=FIXED, moving_grid=tumor.grid)
    return [lesion.stsr_soft for lesion in found.lesions]


def settled(case):
    tumor, organ, affine, u, prepared = case
    return settle_lesions(u, prepared, known_lesions(tumor, organ, affine))


def test_every_lesion_of_tilted_thick_slices_has_its_size_as_measured(case):
    before = sizes(case[3], case)

    after = sizes(settled(case), case)

    assert len(before) == len(after) == 2
    assert max(before) > 1.3
    assert max(after) < 1.002


def test_nothing_folds_and_the_far_field_stays(case):
    found = settled(case)

    assert count_folds(found) == 0
    assert (found - case[3])[:, :, :, :3].abs().max() < 0.15


def test_a_speck_is_left_as_it_is(case):
    _tumor, organ, affine, u, prepared = case
    speck = torch.zeros(organ.grid.shape, dtype=torch.int32)
    speck[6, 18, 16:19] = 1

    known = known_lesions(Image(speck, organ.grid), organ, affine)

    assert torch.equal(settle_lesions(u, prepared, known), u)
