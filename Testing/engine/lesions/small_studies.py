"""Studies as files, small enough to read and register in a second."""

from __future__ import annotations

from pathlib import Path

import torch

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.writing import write_image
from vpreg.synthetic.lesion_history import Ball, make_lesion_history

GRID = Grid((32, 36, 36), (2.0, 2.0, 2.0), (-35.0, -35.0, -31.0))
SHIFTS = ((0.0, 0.0, 0.0), (1.5, -1.0, 0.5), (-1.0, 1.5, 1.0))
BALLS = (
    Ball((8.3, -6.4, 2.2), (6.0, 7.5, 9.0)),
    Ball((-12.4, 8.7, -4.3), (5.0, 4.0, 0.0)),
)
DAYS = ("2021-01-10", "2021-04-10", "2021-07-10")


def write_scans(folder: Path, *, days=DAYS, seed: int = 1) -> None:
    """Write DAY_scan.nii.gz and DAY_segmentation.nii.gz for each date."""
    history = make_lesion_history(BALLS, GRID, shifts_lps=SHIFTS, seed=seed)
    for day, one in zip(days, history, strict=True):
        write_image(one.scan, folder / f"{day}_scan.nii.gz")
        write_image(one.tumor, folder / f"{day}_segmentation.nii.gz")


def study_text(*, days=DAYS, more: str = "") -> str:
    """Return a STUDY.toml for these scans."""
    points = (
        f'[[time_point]]\ndate = {day}\nscan = "{day}_scan.nii.gz"\n'
        f'segmentation = "{day}_segmentation.nii.gz"\n'
        for day in days
    )
    return "\n".join([more, *points])


def write_noise(path: Path, grid: Grid = GRID) -> None:
    voxels = torch.rand(grid.shape, generator=torch.Generator().manual_seed(0))
    write_image(Image(100 * voxels, grid), path)


def write_box(path: Path, grid: Grid = GRID, *, label: int = 1, at: int = 10) -> None:
    voxels = torch.zeros(grid.shape, dtype=torch.uint8)
    if label:
        voxels[at : at + 4, at : at + 4, at : at + 4] = label
    write_image(Image(voxels, grid), path)
