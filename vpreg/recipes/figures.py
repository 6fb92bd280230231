"""The figures of a result."""

from __future__ import annotations

import math
from typing import Any

import torch

from vpreg.fields.affine import follow_by_affine
from vpreg.images.image import Image
from vpreg.metrics.ncc import mean_local_ncc_squared
from vpreg.metrics.scan import Scan
from vpreg.metrics.summary import measure
from vpreg.recipes.prepare import on_grid_of
from vpreg.recipes.result import Alignment, Result


def collect_figures(result: Result) -> dict[str, Any]:
    """Measure both alignments alike, and say what the mask holds."""
    figures: dict[str, Any] = {"final": _measured(result, result.final)}
    if result.similarity_only is not None:
        figures["similarity_only"] = _measured(result, result.similarity_only)
    if result.soft_mask_fixed is not None:
        figures["mask"] = _mask(result, result.soft_mask_fixed)
    return figures


def _measured(result: Result, alignment: Alignment) -> dict[str, Any]:
    moving_grid = result.moving.grid
    to_moving = follow_by_affine(alignment.u, result.affine_lps, result.fixed.grid, moving_grid)
    fixed = Scan(result.fixed.grid, image=result.fixed, tumor=_on(result.fixed_tumor, result.fixed))
    moving = Scan(
        moving_grid,
        image=result.moving,
        tumor=_on(result.moving_tumor, result.moving),
        organ=result.organ_moving,
    )
    figures: dict[str, Any] = dict(measure(to_moving, fixed=fixed, moving=moving).to_json_dict())
    figures["similarity_by_region"] = _by_region(result, alignment)
    return figures


def _on(mask: Image | None, scan: Image) -> Image | None:
    return None if mask is None else on_grid_of(scan, mask)


def _by_region(result: Result, alignment: Alignment) -> dict[str, float | None]:
    organ = result.organ_fixed.voxels > 0.5
    mask = organ & False
    if result.soft_mask_fixed is not None:
        mask = result.soft_mask_fixed.voxels > 0.5
    regions = {"outside_mask": organ & ~mask, "inside_mask": organ & mask}
    fixed, warped = result.fixed.voxels.float(), alignment.warped.voxels
    return {
        name: _number(mean_local_ncc_squared(fixed, warped, radius_voxels=2, mask=region))
        for name, region in regions.items()
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def _mask(result: Result, mask: Image) -> dict[str, float]:
    determinant = result.final.determinant.voxels[result.organ_fixed.voxels > 0.5]
    ends = torch.quantile(determinant[:: max(1, determinant.numel() // 1_000_000)], _TAILS)
    return {
        "volume_ml": float(mask.voxels.sum()) * mask.grid.voxel_volume_mm3 / 1000,
        "strongest_growth": float(1 / ends[0].clamp(min=1e-3)),
        "strongest_shrink": float(1 / ends[1].clamp(min=1e-3)),
    }


_TAILS = torch.tensor([0.0005, 0.9995])
"""Where the strongest change is read off: a few voxels at a border say nothing."""
