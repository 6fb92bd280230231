"""Volumes of segmentations, and what their voxels leave open."""

from __future__ import annotations

import math

import numpy as np
import pytest

from vpreg.images.grid import Grid
from vpreg.lesions.segmentation import find_pieces
from vpreg.lesions.study.study import PieceRule
from vpreg.lesions.volume import Volume, plateau_voxels, total, volume_of

SPACINGS = {"fine": (1.0, 1.0, 1.0), "coarse": (2.0, 2.0, 2.0), "thick": (5.0, 0.8, 0.8)}


def only_piece(mask, spacing):
    grid = Grid(mask.shape, spacing)
    (piece,) = find_pieces(mask.astype(int), grid, rule=PieceRule.LABELS).pieces
    return piece


def shape_and_volume(kind, spacing, random):
    """Return a mask by voxel centres, at a random place, and the exact volume in ml."""
    radii = random.uniform(4, 12) * np.exp(random.uniform(-0.35, 0.35, 3))
    half = radii.max() * 1.8 + 2 * max(spacing)
    shape = [int(2 * half / s) + 3 for s in spacing]
    centre = [
        (n - 1) / 2 * s + random.uniform(-0.5, 0.5) * s for n, s in zip(shape, spacing, strict=True)
    ]
    lines = [np.arange(n) * s - c for n, s, c in zip(shape, spacing, centre, strict=True)]
    at = np.stack(np.meshgrid(*lines, indexing="ij"))
    if kind == "box":
        inside = (np.abs(at) < radii[:, None, None, None]).all(0)
        return inside, 8 * radii.prod() / 1000
    turn, _ = np.linalg.qr(random.normal(size=(3, 3)))
    at = np.einsum("ab,bkji->akji", turn, at) / radii[:, None, None, None]
    return (at**2).sum(0) < 1, 4 / 3 * math.pi * radii.prod() / 1000


@pytest.mark.parametrize("spacing", SPACINGS.values(), ids=SPACINGS)
@pytest.mark.parametrize(("kind", "least"), [("ellipsoid", 0.95), ("box", 0.85)])
def test_the_true_volume_lies_inside_the_stated_uncertainty(kind, least, spacing):
    # Flat faces along the voxels are the worst case: whole plateaus err as one.
    random = np.random.default_rng(7)
    inside = 0
    for _ in range(60):
        mask, true_ml = shape_and_volume(kind, spacing, random)
        found = volume_of(only_piece(mask, spacing))
        inside += found.lowest_ml <= true_ml <= found.highest_ml

    assert inside >= least * 60


def test_the_uncertainty_of_a_box_is_no_larger_than_its_error_asks_for():
    random = np.random.default_rng(3)
    errors = []
    for _ in range(80):
        mask, true_ml = shape_and_volume("box", (1.0, 1.0, 1.0), random)
        found = volume_of(only_piece(mask, (1.0, 1.0, 1.0)))
        errors.append((found.ml - true_ml) / (found.uncertainty_ml / 2))

    assert 0.7 < np.std(errors) < 1.3


def test_a_cube_has_six_plateaus_of_its_faces():
    sizes = plateau_voxels(np.ones((3, 4, 5), dtype=bool))

    assert sorted(sizes) == [12, 12, 15, 15, 20, 20]


def test_a_single_voxel_may_be_almost_nothing():
    found = volume_of(only_piece(np.pad(np.ones((1, 1, 1), dtype=bool), 1), (1.0, 1.0, 1.0)))

    assert found.ml == pytest.approx(0.001)
    assert found.uncertainty_ml == pytest.approx(0.001 * 2 * math.sqrt(6 / 12))
    assert found.lowest_ml == 0


def test_thicker_slices_leave_more_open():
    mask = np.pad(np.ones((4, 8, 8), dtype=bool), 1)

    thin, thick = (volume_of(only_piece(mask, (s, 1.0, 1.0))) for s in (1.0, 5.0))

    assert thick.ml == pytest.approx(5 * thin.ml)
    assert thick.uncertainty_ml == pytest.approx(5 * thin.uncertainty_ml)


def test_independent_uncertainties_add_as_squares():
    assert total([Volume(1.0, 0.3), Volume(2.0, 0.4)]) == Volume(3.0, 0.5)
