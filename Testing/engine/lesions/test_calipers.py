"""Diameters in the axial slices of the acquisition."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from vpreg.images.grid import Grid
from vpreg.lesions.calipers import (
    convex_hull,
    length,
    longest_diameter,
    longest_perpendicular,
)
from vpreg.lesions.diameters import axial_axis, diameters_of
from vpreg.lesions.segmentation import find_pieces
from vpreg.lesions.study.study import PieceRule

SAGITTAL = ((1.0, 0.0, 0.0), (0.0, 0.0, 1.0), (0.0, 1.0, 0.0))


def diameters(mask, grid):
    (piece,) = find_pieces(mask.astype(int), grid, rule=PieceRule.LABELS).pieces
    return diameters_of(piece)


@pytest.mark.parametrize("seed", range(25))
def test_rotating_calipers_find_what_trying_all_pairs_finds(seed):
    random = np.random.default_rng(seed)
    points = [tuple(p) for p in random.integers(0, 9, (random.integers(3, 40), 2)).astype(float)]

    found = longest_diameter(convex_hull(points))

    assert length(found) == max(math.dist(a, b) for a, b in itertools.combinations(points, 2))


@pytest.mark.parametrize("seed", range(10))
def test_no_chord_across_the_diameter_is_longer_than_the_perpendicular(seed):
    random = np.random.default_rng(seed)
    hull = convex_hull([tuple(p) for p in random.normal(size=(30, 2))])
    diameter = longest_diameter(hull)
    (ax, ay), (bx, by) = diameter
    along = np.array([bx - ax, by - ay]) / length(diameter)
    across = np.array([-along[1], along[0]])

    found = longest_perpendicular(hull, diameter)

    step = np.array(found[1]) - np.array(found[0])
    assert abs(step @ along) < 1e-9
    assert length(found) >= longest_sampled_chord(hull, along, across) - 1e-9


def longest_sampled_chord(hull, along, across):
    """Cut the hull at many places."""
    edges = list(zip(hull, hull[1:] + hull[:1], strict=True))
    places = [np.dot(p, along) for p in hull]
    best = 0.0
    for at in np.linspace(min(places), max(places), 400)[1:-1]:
        cuts = []
        for a, b in edges:
            u, v = np.dot(a, along) - at, np.dot(b, along) - at
            if u * v < 0:
                point = np.array(a) + u / (u - v) * (np.array(b) - np.array(a))
                cuts.append(point @ across)
        best = max(best, max(cuts) - min(cuts)) if len(cuts) > 1 else best
    return best


def test_the_diameter_of_a_rectangle_is_its_diagonal_and_the_chord_across_is_known():
    hull = convex_hull([(0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0)])

    diameter = longest_diameter(hull)
    across = longest_perpendicular(hull, diameter)

    assert length(diameter) == 5.0
    # Through a corner at right angles to the diagonal: 3 / cos(atan(3/4)) = 3.75.
    assert length(across) == pytest.approx(3.75)


def test_a_single_voxel_measures_from_corner_to_corner():
    found = diameters(np.pad(np.ones((1, 1, 1), dtype=bool), 1), Grid((3, 3, 3), (6.0, 1.0, 1.0)))

    assert found.longest_mm == pytest.approx(math.sqrt(2))
    assert found.slices == 1


def test_diameters_are_in_millimetres_of_the_slice_and_not_across_slices():
    mask = np.zeros((8, 12, 12), dtype=bool)
    mask[1:7, 2:6, 3:6] = True

    found = diameters(mask, Grid(mask.shape, (6.0, 0.5, 2.0)))

    assert found.longest_mm == pytest.approx(math.hypot(4 * 0.5, 3 * 2.0))
    assert (found.slices, found.slice_mm) == (6, 6.0)


def test_two_regions_of_one_slice_are_not_measured_across_the_gap():
    mask = np.zeros((3, 5, 20), dtype=bool)
    mask[0:2, 2, 2:5] = mask[0:2, 2, 15:17] = mask[0, 2, 2:17] = True

    found = diameters(mask, Grid(mask.shape))

    assert found.slice_index == 0
    mask[0, 2, 5:15] = False
    (first, _) = find_pieces(mask.astype(int), Grid(mask.shape), rule=PieceRule.COMPONENTS).pieces
    assert diameters_of(first).longest_mm == pytest.approx(math.hypot(3, 1))


def test_axial_slices_of_a_sagittal_acquisition_lie_across_the_long_axis_of_the_patient():
    assert axial_axis(Grid((4, 4, 4))) == 0
    assert axial_axis(Grid((4, 4, 4), direction=SAGITTAL)) == 1


def test_the_ends_of_the_diameter_lie_in_space():
    mask = np.zeros((4, 6, 6), dtype=bool)
    mask[2, 1, 1:5] = True
    grid = Grid(mask.shape, (3.0, 1.0, 2.0), (10.0, 20.0, 30.0))

    found = diameters(mask, grid)

    assert math.dist(*found.longest_lps) == pytest.approx(found.longest_mm)
    assert {point[2] for point in found.longest_lps} == {36.0}
    assert sorted(point[0] for point in found.longest_lps) == pytest.approx([11.0, 19.0])
