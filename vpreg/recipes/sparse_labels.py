"""Carry the labels of an atlas to a sparse scan, and say how much of each was measured."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch

from vpreg.fields.affine import affine_to_field, follow_by_affine
from vpreg.fields.compose import compose
from vpreg.fields.warp import warp
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.interpolation import Interpolation
from vpreg.metrics.dice import dice_per_label
from vpreg.metrics.label_counts import label_counts
from vpreg.recipes.result import Result


def carry_labels(result: Result, labels: Image, grid: Grid) -> Image:
    """Return the labels of the moving scan on any grid, through field and affine at once."""
    fixed_grid = result.fixed.grid
    u = result.final.u
    if not grid.matches(fixed_grid):
        u = compose(affine_to_field(np.eye(4), grid, fixed_grid), u)
    to_labels = follow_by_affine(u, result.affine_lps, fixed_grid, labels.grid)
    carried = warp(labels.voxels.to(u.device), to_labels, interpolation=Interpolation.LABELS)
    return Image(carried, grid)


def structure_table(
    carried: Image, coverage: Image, *, atlas_labels: Image, on_scan: tuple[Image, Image] | None
) -> list[dict[str, Any]]:
    """Return one row a structure: volumes, the measured share, and Dice where there is a truth.

    `on_scan` holds the carried labels and those of the scan, both on the grid of the latter.
    """
    counts = label_counts(carried.voxels)
    before = label_counts(atlas_labels.voxels)
    seen = _covered(carried, coverage)
    overlaps = {} if on_scan is None else dice_per_label(on_scan[1].voxels, on_scan[0].voxels)
    drawn = {} if on_scan is None else label_counts(on_scan[1].voxels)
    rows = []
    for label in sorted(before.keys() | drawn.keys()):
        count = counts.get(label, 0)
        rows.append(
            {
                "label": label,
                "volume_atlas_mm3": before.get(label, 0) * atlas_labels.grid.voxel_volume_mm3,
                "volume_carried_mm3": count * carried.grid.voxel_volume_mm3,
                "measured_fraction": seen.get(label, 0.0) / count if count else math.nan,
                **_compared(label, overlaps, drawn, on_scan),
            }
        )
    return rows


def on_scan_grid(
    result: Result, labels: Image, scan_labels: Image | None
) -> tuple[Image, Image] | None:
    """Return carried and own labels on the grid of the latter, where they were drawn."""
    if scan_labels is None:
        return None
    return carry_labels(result, labels, scan_labels.grid), scan_labels


def _compared(
    label: int,
    overlaps: dict[int, float],
    drawn: dict[int, int],
    on_scan: tuple[Image, Image] | None,
) -> dict[str, float]:
    if on_scan is None:
        return {}
    volume = drawn.get(label, 0) * on_scan[1].grid.voxel_volume_mm3
    return {"volume_scan_mm3": volume, "dice": overlaps.get(label, math.nan)}


def _covered(carried: Image, coverage: Image) -> dict[int, float]:
    labels = carried.voxels.flatten().long().cpu()
    low = int(labels.min())
    sums = torch.bincount(labels - low, coverage.voxels.flatten().double().cpu())
    return {label + low: float(total) for label, total in enumerate(sums.tolist())}
