"""Landmarks through a field, in millimetres."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from vpreg.fields.affine import affine_to_field
from vpreg.images.grid import Grid
from vpreg.metrics.tre import field_as_point_map, landmark_errors_mm, summarise_errors

ANGLE = 0.3
OBLIQUE = (
    (0.0, -math.sin(ANGLE), math.cos(ANGLE)),
    (0.0, math.cos(ANGLE), math.sin(ANGLE)),
    (1.0, 0.0, 0.0),
)
FIXED = Grid((12, 14, 16), (3.0, 1.5, 0.9), (-4.0, 7.0, 2.0), OBLIQUE)
MOVING = Grid((10, 20, 18), (2.0, 1.0, 1.2), (-6.0, 5.0, 1.0))
AFFINE = np.array([[1.02, 0.03, 0, 1.5], [-0.02, 0.97, 0.01, -2], [0, 0, 1.05, 0.7], [0, 0, 0, 1]])


def points_inside(grid, count=20):
    index = np.random.default_rng(5).uniform(0, 1, (count, 3)) * (np.array(grid.shape) - 1)
    return index @ grid.voxel_to_lps[:3, :3].T + grid.voxel_to_lps[:3, 3]


def test_landmarks_of_an_affine_map_have_no_error_through_its_field():
    u = affine_to_field(AFFINE, FIXED, MOVING, dtype=torch.float64)
    fixed_points = points_inside(FIXED)
    moving_points = fixed_points @ AFFINE[:3, :3].T + AFFINE[:3, 3]
    fixed_to_moving = field_as_point_map(u, fixed_grid=FIXED, moving_grid=MOVING)

    errors = landmark_errors_mm(fixed_points, moving_points, fixed_to_moving)

    assert errors.max() < 1e-9
    assert landmark_errors_mm(fixed_points, moving_points, lambda p: p).min() > 0.5


def test_an_error_is_a_length_in_millimetres():
    fixed_points = np.array([[0.0, 0.0, 0.0], [1.0, 1.0, 1.0]])
    moving_points = np.array([[3.0, 4.0, 0.0], [1.0, 1.0, 1.0]])

    errors = landmark_errors_mm(fixed_points, moving_points, lambda points: points)

    assert errors.tolist() == [5.0, 0.0]


def test_landmarks_out_of_view_are_counted_and_not_judged():
    u = affine_to_field(np.eye(4), FIXED, MOVING)
    fixed_to_moving = field_as_point_map(u, fixed_grid=FIXED, moving_grid=MOVING)
    fixed_points = np.vstack([points_inside(FIXED, 3), [[500.0, 0.0, 0.0]]])

    errors = summarise_errors(landmark_errors_mm(fixed_points, fixed_points + 1, fixed_to_moving))

    assert (errors.count, errors.unknown) == (3, 1)
    assert errors.mean_mm == pytest.approx(math.sqrt(3), abs=1e-4)
    assert errors.worst_mm == pytest.approx(math.sqrt(3), abs=1e-4)


def test_no_landmark_in_view_gives_no_figure():
    assert math.isnan(summarise_errors(np.array([math.nan])).median_mm)


def test_lists_of_different_length_are_refused_with_a_sentence():
    with pytest.raises(ValueError, match="Give as many fixed as moving landmarks"):
        landmark_errors_mm(np.zeros((3, 3)), np.zeros((4, 3)), lambda points: points)
