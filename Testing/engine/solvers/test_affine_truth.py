"""Alignments of a head with itself, moved by a known map."""

import numpy as np
import pytest

from Testing.engine.solvers.affine_cases import (
    about,
    centre_lps,
    half_of,
    largest_gap_mm,
    seen_through,
    small_head,
)
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.progress import Silent
from vpreg.solvers.affine import AffineKind, align_affine


@pytest.fixture(scope="module")
def head():
    return small_head()


@pytest.fixture
def turned(head):
    return about(centre_lps(head), degrees=(6, -4, 9), shift_mm=(9.0, -14.0, 6.0))


def align(fixed, moving, kind=AffineKind.RIGID):
    return align_affine(fixed, moving, kind=kind, progress=Silent()).matrix_lps


def test_a_turn_and_a_shift_are_found_to_half_a_millimetre(head, turned):
    fixed = seen_through(head, turned)

    found = align(fixed, head)

    assert largest_gap_mm(found, turned, fixed) < 0.5
    np.testing.assert_allclose(found[:3, :3].T @ found[:3, :3], np.eye(3), atol=1e-9)


def test_a_stretch_is_found_to_half_a_millimetre(head):
    truth = about(
        centre_lps(head), degrees=(3, 5, -6), shift_mm=(5.0, 8.0, -6.0), stretch=(1.08, 0.93, 1.04)
    )
    fixed = seen_through(head, truth)

    found = align(fixed, head, AffineKind.AFFINE)

    assert largest_gap_mm(found, truth, fixed) < 0.5


def test_scans_in_frames_far_apart_are_brought_together(head, turned):
    fixed = seen_through(head, turned)
    grid = fixed.grid
    origin = tuple(x + 400.0 for x in grid.origin_lps)
    far = Image(fixed.voxels, Grid(grid.shape, grid.spacing_mm, origin, grid.direction))
    back = np.eye(4)
    back[:3, 3] = -400.0

    found = align(far, head)

    assert largest_gap_mm(found, turned @ back, far) < 0.5


@pytest.mark.parametrize("spacing_mm", [5.0, (2.0, 3.0, 4.0)])
def test_other_voxel_sizes_do_not_matter(head, turned, spacing_mm):
    fixed = seen_through(head, turned, spacing_mm=spacing_mm)

    found = align(fixed, head)

    assert largest_gap_mm(found, turned, fixed) < 0.8


@pytest.mark.parametrize("kind", [AffineKind.RIGID, AffineKind.AFFINE])
def test_thick_slices_cost_less_than_a_third_of_their_thickness(head, turned, kind):
    fixed = seen_through(head, turned, spacing_mm=(6.6, 3.3, 3.3))

    found = align(fixed, head, kind)

    assert largest_gap_mm(found, turned, fixed) < 2.0


@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize("kept", [(0.0, 0.5), (0.5, 1.0)])
def test_half_a_head_finds_its_place_in_the_whole(head, turned, axis, kept):
    half = half_of(head, axis=axis, start=kept[0], stop=kept[1])
    fixed = seen_through(head, turned)

    found = align(fixed, half)

    assert largest_gap_mm(found, turned, fixed) < 2.0


def test_a_whole_head_finds_its_place_on_half_a_head(head, turned):
    half = half_of(seen_through(head, turned), axis=0, start=0.45)

    found = align(half, head)

    assert largest_gap_mm(found, turned, half) < 2.0


def test_scale_offset_and_sign_of_the_grey_values_do_not_matter(head, turned):
    fixed = seen_through(head, turned)
    other = head.with_voxels(3.0 - 0.02 * head.voxels)

    found = align(fixed, other)

    assert largest_gap_mm(found, turned, fixed) < 1.0


def test_both_directions_undo_each_other(head, turned):
    fixed = seen_through(head, turned, spacing_mm=(6.6, 3.0, 3.0))

    there, back = align(fixed, head), align(head, fixed)

    assert largest_gap_mm(back @ there, np.eye(4), fixed) < 1.0


def test_masks_hide_what_did_not_move_along(head, turned):
    fixed = seen_through(head, turned)
    shown = fixed.voxels.new_zeros(fixed.grid.shape)
    shown[:, : fixed.grid.shape[1] // 2] = 1
    spoilt = fixed.voxels.clone()
    spoilt[shown == 0] = head.voxels[tuple(slice(0, n) for n in fixed.grid.shape)][shown == 0]

    found = align_affine(
        fixed.with_voxels(spoilt),
        head,
        kind=AffineKind.RIGID,
        fixed_mask=fixed.with_voxels(shown),
        progress=Silent(),
    )

    assert largest_gap_mm(found.matrix_lps, turned, fixed) < 2.0
