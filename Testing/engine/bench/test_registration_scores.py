"""Scores of fields whose worth is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from registration.case import Case, Group
from registration.outside import local_ncc_outside, window_radius
from registration.scoring import score

from vpreg.images.grid import Grid
from vpreg.images.image import Image

SHAPE = (20, 24, 28)
NO_AFFINE = np.eye(4)


def block(grid: Grid, *, start: int, stop: int) -> Image:
    voxels = torch.zeros(grid.shape, dtype=torch.int32)
    voxels[start:stop, start:stop, start:stop] = 1
    return Image(voxels, grid)


@pytest.fixture
def case() -> Case:
    """Two equal noisy scans with a lesion in an organ."""
    grid = Grid(SHAPE)
    scan = Image(torch.randn(SHAPE, generator=torch.Generator().manual_seed(0)), grid)
    labels = block(grid, start=4, stop=16)
    labels.voxels[4:8] *= 7
    lesion, organ = block(grid, start=8, stop=12), block(grid, start=2, stop=18)
    return Case(
        group=Group.TUMOR,
        name="equal scans",
        fixed=scan,
        moving=scan,
        mode="follow-up",
        fixed_labels=labels,
        moving_labels=labels,
        fixed_tumor=lesion,
        moving_tumor=lesion,
        fixed_organ=organ,
        organ=organ,
    )


def test_the_identity_of_equal_scans_has_the_best_scores(case: Case) -> None:
    rest = torch.zeros(3, *SHAPE)

    found = score(rest, case, NO_AFFINE, stage_1=rest)

    assert found.dice == 1
    assert found.folds == 0
    assert found.stsr == pytest.approx(1)
    assert found.tvcf == pytest.approx(1)
    assert found.local_ncc_ratio == pytest.approx(1)


def test_a_field_that_undoes_the_affine_lays_the_labels_exactly(case: Case) -> None:
    shift = np.eye(4)
    shift[0, 3] = 3.0  # x runs along the last axis
    undone = torch.zeros(3, *SHAPE)
    undone[2] = -3

    assert score(undone, case, shift).dice == 1
    assert score(torch.zeros_like(undone), case, shift).dice < 0.9


def test_a_lesion_that_swells_alone_has_the_squared_ratio(case: Case) -> None:
    # All of space grows by a quarter along one axis, but what is compared with does not.
    stretch = torch.zeros(3, *SHAPE)
    stretch[0] = -0.2 * (torch.arange(SHAPE[0]).view(-1, 1, 1) - 9.5)

    found = score(stretch, case, NO_AFFINE)

    assert found.stsr == pytest.approx(1, abs=0.03)
    assert found.tvcf == pytest.approx(1.25**2, rel=0.03)


def test_a_field_that_folds_is_counted(case: Case) -> None:
    folding = torch.zeros(3, *SHAPE)
    folding[0, 10, 10, 10] = 1.5

    assert score(folding, case, NO_AFFINE).folds > 0


def test_figures_without_truth_are_unknown(case: Case) -> None:
    bare = Case(Group.OASIS, "bare", case.fixed, case.moving, mode="atlas")

    found = score(torch.zeros(3, *SHAPE), bare, NO_AFFINE)

    assert all(math.isnan(x) for x in (found.dice, found.stsr, found.tvcf, found.local_ncc_ratio))


def test_only_tissue_outside_of_tumors_counts_for_its_likeness(case: Case) -> None:
    rest = torch.zeros(3, *SHAPE)
    inner = torch.zeros_like(rest)
    inner[:, 9:11, 9:11, 9:11] = 0.4
    outer = torch.zeros_like(rest)
    outer[:, 13:17, 13:17, 13:17] = 0.4

    in_lesion, unmoved = local_ncc_outside(case, inner, rest)
    in_tissue, _ = local_ncc_outside(case, outer, rest)

    assert in_lesion == pytest.approx(unmoved)
    assert in_tissue < 0.995 * unmoved


@pytest.mark.parametrize(
    ("spacing_mm", "radius"), [((1.0, 1.0, 1.0), (2, 2, 2)), ((6.5, 0.9375, 0.9375), (0, 2, 2))]
)
def test_windows_have_one_length_along_all_axes(spacing_mm, radius) -> None:
    assert window_radius(Grid(SHAPE, spacing_mm=spacing_mm)) == radius
