"""Scans and lesions on the grid of the baseline, where the alignment is a known shift."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import SimpleITK
import torch

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.lesions.baseline_space import lesions_in_baseline_space, scan_in_baseline_space
from vpreg.lesions.lesion import Appearance, Event, Lesion
from vpreg.lesions.segmentation import find_pieces
from vpreg.lesions.study.study import PieceRule
from vpreg.synthetic.lesion_history import Ball, make_lesion_history

GRID = Grid((20, 24, 28), (2.0, 2.0, 2.0), (-27.0, -23.0, -19.0))
SHIFT = (4.0, -6.0, 2.0)
BALLS = (Ball((5.0, 3.0, -1.0), (7.0, 7.0)), Ball((-11.0, -5.0, 3.0), (5.0, 5.0)))


@pytest.fixture(scope="module")
def tracking():
    """Return two dates that differ by a shift of whole voxels; the second lesion is L1 by name."""
    dates = make_lesion_history(BALLS, GRID, shifts_lps=((0.0, 0.0, 0.0), SHIFT), seed=3)
    found = [find_pieces(d.tumor.array, GRID, rule=PieceRule.COMPONENTS) for d in dates]
    there = SimpleITK.TranslationTransform(3, SHIFT)
    lesions = (
        Lesion("L1", (Appearance(Event.BASELINE, (2,)), Appearance(Event.CONTINUED, (2,)))),
        Lesion("L2", (Appearance(Event.BASELINE, (1,)), Appearance(Event.CONTINUED, (1,)))),
    )
    return SimpleNamespace(
        visits=[SimpleNamespace(scan=one.scan) for one in dates],
        segmentations=found,
        alignments=(None, SimpleNamespace(from_baseline=there)),
        lesions=lesions,
    )


def test_lesions_lie_on_those_of_the_baseline_with_their_own_numbers(tracking):
    first, second = (lesions_in_baseline_space(tracking, time).array for time in (0, 1))

    assert (first == second).all()
    assert (first == 1).sum() < (first == 2).sum()
    assert set(np.unique(first)) == {0, 1, 2}


def test_a_scan_lies_on_the_baseline(tracking):
    first, second = (scan_in_baseline_space(tracking, time) for time in (0, 1))

    assert second.grid.matches(first.grid)
    inside = (slice(4, -4),) * 3
    differs = np.abs(first.array[inside] - second.array[inside])
    assert np.median(differs) < 0.05 * first.array.max()


def test_a_segmentation_on_another_grid_comes_onto_that_of_the_baseline_scan(tracking):
    coarse = Image(torch.zeros(10, 12, 14), Grid((10, 12, 14), (4.0, 4.0, 4.0), (-26, -22, -18)))
    visits = [SimpleNamespace(scan=coarse), tracking.visits[1]]

    found = lesions_in_baseline_space(SimpleNamespace(**{**vars(tracking), "visits": visits}), 0)

    assert found.grid.shape == (10, 12, 14)
    assert (found.array == 2).sum() == pytest.approx(
        (lesions_in_baseline_space(tracking, 0).array == 2).sum() / 8, rel=0.25
    )
