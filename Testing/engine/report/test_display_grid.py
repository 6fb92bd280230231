"""Scans are shown in the patient's axes, and not larger than a page can hold."""

from __future__ import annotations

import torch

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.orientation import axes_code, reorient
from vpreg.report.display_grid import display_grid

GRID = Grid((12, 10, 8), (3.0, 1.0, 1.0))


def test_a_scan_in_other_axes_is_turned_upright() -> None:
    upright = Image(torch.rand(GRID.shape), GRID)
    turned = reorient(upright, "SRA")

    display = display_grid(turned.grid)

    assert axes_code(display.grid) == "LPS"
    assert torch.equal(display.show(turned).voxels, upright.voxels)


def test_a_scan_on_another_grid_is_resampled_to_the_fixed_one() -> None:
    constant = Image(torch.full((20, 20, 20), 7.0), Grid((20, 20, 20), (3.0, 3.0, 3.0)))

    shown = display_grid(GRID).show(constant)

    assert shown.grid.matches(GRID)
    torch.testing.assert_close(shown.voxels, torch.full(GRID.shape, 7.0))


def test_a_large_scan_is_shown_smaller_and_thick_slices_stay() -> None:
    display = display_grid(GRID, most_voxels=500)

    assert display.is_reduced
    assert display.grid.shape == (12, 5, 4)


def test_a_single_folded_voxel_survives_the_reduction() -> None:
    folds = torch.zeros(GRID.shape, dtype=torch.uint8)
    folds[3, 7, 5] = 1

    shown = display_grid(GRID, most_voxels=200).show_marks(Image(folds, GRID))

    assert int(shown.voxels.sum()) == 1
