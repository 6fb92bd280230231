"""What an alignment promises besides the right matrix."""

import numpy as np
import pytest
import torch

from Testing.engine.solvers.affine_cases import about, centre_lps, seen_through, small_head
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.progress import Cancelled, Silent, Stage
from vpreg.solvers.affine import AffineKind, align_affine


@pytest.fixture(scope="module")
def pair():
    head = small_head()
    truth = about(centre_lps(head), degrees=(0, 0, 5), shift_mm=(4.0, 0.0, 0.0))
    return seen_through(head, truth), head


class Listener:
    def __init__(self, limit=None):
        self.fractions, self.limit = [], limit

    def report(self, stage, fraction):
        assert stage is Stage.AFFINE
        self.fractions.append(fraction)
        if self.limit is not None and len(self.fractions) > self.limit:
            raise Cancelled


def test_no_alignment_is_the_identity_and_measured(pair):
    fixed, moving = pair

    found = align_affine(fixed, moving, kind=AffineKind.NONE, progress=Silent())
    better = align_affine(fixed, moving, kind=AffineKind.RIGID, progress=Silent())

    np.testing.assert_array_equal(found.matrix_lps, np.eye(4))
    assert 0 < found.similarity < better.similarity <= 1


@pytest.mark.parametrize("kind", [AffineKind.RIGID, AffineKind.AFFINE])
def test_the_same_scans_give_the_same_matrix(pair, kind):
    first = align_affine(*pair, kind=kind, progress=Silent())
    second = align_affine(*pair, kind=kind, progress=Silent())

    np.testing.assert_array_equal(first.matrix_lps, second.matrix_lps)


@pytest.mark.parametrize("kind", list(AffineKind))
def test_progress_only_grows_and_ends_at_one(pair, kind):
    listener = Listener()

    align_affine(*pair, kind=kind, progress=listener)

    assert listener.fractions == sorted(listener.fractions)
    assert listener.fractions[0] == 0
    assert listener.fractions[-1] == 1


def test_a_wish_to_stop_is_heard(pair):
    listener = Listener(limit=5)

    with pytest.raises(Cancelled):
        align_affine(*pair, kind=AffineKind.AFFINE, progress=listener)

    assert len(listener.fractions) == 6


def test_scans_that_share_nothing_are_refused_in_a_sentence(pair):
    fixed, moving = pair
    grid = moving.grid
    away = Image(moving.voxels, Grid(grid.shape, grid.spacing_mm, (900.0, 0, 0), grid.direction))

    with pytest.raises(ValueError, match="Check that both scans show the same part of the body"):
        align_affine(fixed, away, kind=AffineKind.NONE, progress=Silent())


def test_a_constant_scan_is_refused_in_a_sentence(pair):
    fixed, moving = pair
    flat = moving.with_voxels(torch.ones_like(moving.voxels))

    with pytest.raises(ValueError, match="Check the moving scan and its mask"):
        align_affine(fixed, flat, kind=AffineKind.RIGID, progress=Silent())


def test_an_empty_mask_and_one_that_does_not_fit_are_refused(pair):
    fixed, moving = pair
    empty = fixed.with_voxels(torch.zeros_like(fixed.voxels))
    other = Image(torch.ones(3, 3, 3), Grid((3, 3, 3)))

    for mask, sentence in ((empty, "at least one voxel"), (other, "Resample the fixed mask")):
        with pytest.raises(ValueError, match=sentence):
            align_affine(fixed, moving, kind=AffineKind.RIGID, fixed_mask=mask, progress=Silent())
