"""Slices read off a mask, at any angle."""

import numpy as np
import pytest
import torch

from Testing.engine.sparse.thick_scans import turned_grid
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.masks.acquired_slices import slices_of_grid
from vpreg.masks.slice_confidence import slice_confidence
from vpreg.masks.slice_mask import check_acquired_mask, slices_of_mask

FINE = Grid((60, 56, 52), origin_lps=(-20.0, 10.0, 5.0))


def thick_grid(angle):
    grid = turned_grid((14, 90, 90), angle, spacing_mm=(6.0, 1.0, 1.0))
    middle = FINE.voxel_to_lps @ [30, 28, 26, 1]
    own = grid.voxel_to_lps @ [7, 45, 45, 1]
    origin = np.asarray(grid.origin_lps) + middle[:3] - own[:3] + 0.7
    return Grid(grid.shape, grid.spacing_mm, tuple(origin.tolist()), grid.direction)


@pytest.mark.parametrize("angle", [0.0, 0.15, 0.6, -0.9])
def test_normal_distance_and_phase_come_back(angle):
    slices = slices_of_grid(thick_grid(angle))

    found = slices_of_mask(slice_confidence(slices, FINE))

    side = np.sign(np.dot(found.normal_lps, slices.normal_lps))
    assert np.dot(found.normal_lps, slices.normal_lps) * side > 0.99999
    assert found.spacing_mm == pytest.approx(6.0, abs=0.02)
    gap = (found.first_mm * side - slices.first_mm) / 6.0
    assert abs(gap - round(gap)) < 0.03


def test_a_mask_of_the_head_alone_will_do():
    slices = slices_of_grid(thick_grid(0.3))
    at = torch.stack(torch.meshgrid(*(torch.linspace(-1, 1, n) for n in FINE.shape), indexing="ij"))
    mask = slice_confidence(slices, FINE).voxels * (at.square().sum(0) < 0.8)

    found = slices_of_mask(Image(mask, FINE))

    assert abs(np.dot(found.normal_lps, slices.normal_lps)) > 0.9999
    assert found.spacing_mm == pytest.approx(6.0, abs=0.03)


def test_a_mask_without_a_rhythm_shows_no_slices():
    ball = torch.zeros(FINE.shape)
    ball[20:40, 15:40, 10:40] = 1

    assert slices_of_mask(Image(ball, FINE)) is None


def test_an_empty_mask_is_refused():
    with pytest.raises(ValueError, match="nothing in it was acquired"):
        check_acquired_mask(Image(torch.zeros(FINE.shape), FINE))
