"""The volumes that the page slices, as sheets of bytes on one grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np
import torch

from vpreg.images.image import Image
from vpreg.images.intensity import IntensityPreset, intensity_limits
from vpreg.images.outside import value_outside
from vpreg.images.preset_choice import guess_preset
from vpreg.images.presets import load_preset, preset_names
from vpreg.images.resampling import resample_through
from vpreg.metrics.json_figures import Json
from vpreg.recipes.result import Result
from vpreg.report.columns import Column, shown_alignments
from vpreg.report.display_grid import DisplayGrid
from vpreg.report.eight_bits import grey_bytes, log2_bytes, weight_bytes
from vpreg.report.sheets import Encoding, SheetLayout, encode_sheet
from vpreg.report.tumors import tumor_by_affine, tumor_by_alignment

MASK = "soft_mask"


@dataclass(frozen=True)
class ShownTumors:
    """Soft tumor weights on the grid of the page, by the column in which they are outlined."""

    by_column: dict[Column, torch.Tensor]


def shown_tumors(result: Result, display: DisplayGrid) -> ShownTumors:
    """Take the tumor of the moving scan through every alignment, and show that of the fixed."""
    found: dict[Column, torch.Tensor] = {}
    if result.fixed_tumor is not None:
        mask = (result.fixed_tumor.voxels != 0).float()
        found[Column.FIXED] = display.show(result.fixed_tumor.with_voxels(mask)).voxels
    if result.moving_tumor is not None:
        affine = tumor_by_affine(result.moving_tumor, result)
        found[Column.AFFINE] = display.show(affine).voxels
        for shown in shown_alignments(result):
            warped = tumor_by_alignment(result.moving_tumor, shown.alignment, result)
            found[shown.column] = display.show(warped).voxels
    return ShownTumors(found)


def volumes_json(result: Result, display: DisplayGrid, tumors: ShownTumors) -> dict[str, Json]:
    """Return layout, spacing and all sheets; a column's maps are named after the column."""
    sheets: dict[str, Json] = dict(_scans(result, display))
    for name, volume in _maps(result, display, tumors):
        sheets[name] = encode_sheet(volume, Encoding.PNG)
    layout: dict[str, Json] = dict(asdict(SheetLayout.of(display.grid.shape)))
    return {
        "layout": layout,
        "shape": list(display.grid.shape),
        "spacing_mm": list(display.grid.spacing_mm),
        "sheets": sheets,
    }


def _scans(result: Result, display: DisplayGrid) -> Iterator[tuple[str, str]]:
    low, high = _limits(result.fixed, result)
    yield Column.FIXED.value, _photograph(display.show(result.fixed), low, high)
    # One window for all pictures of the moving scan, so that only geometry differs between them.
    low, high = _limits(result.moving, result)
    nothing = value_outside(result.moving)
    affine = resample_through(result.moving, result.fixed.grid, result.affine_lps, outside=nothing)
    yield Column.AFFINE.value, _photograph(display.show(affine), low, high)
    for shown in shown_alignments(result):
        picture = display.show(shown.alignment.warped)
        yield shown.column.value, _photograph(picture, low, high)


def _maps(
    result: Result, display: DisplayGrid, tumors: ShownTumors
) -> Iterator[tuple[str, np.ndarray]]:
    if result.soft_mask_fixed is not None:
        yield MASK, weight_bytes(display.show(result.soft_mask_fixed).voxels)
    for column, weights in tumors.by_column.items():
        yield f"tumor:{column.value}", weight_bytes(weights)
    for shown in shown_alignments(result):
        determinant = display.show(shown.alignment.determinant)
        yield f"log2:{shown.column.value}", log2_bytes(determinant.voxels)
        folds = display.show_marks(shown.alignment.folds)
        if bool(folds.voxels.any()):
            yield f"folds:{shown.column.value}", weight_bytes(folds.voxels)


def _photograph(image: Image, low: float, high: float) -> str:
    return encode_sheet(grey_bytes(image.voxels, low=low, high=high), Encoding.JPEG)


def _limits(image: Image, result: Result) -> tuple[float, float]:
    """Return the grey values to show as black and white."""
    voxels = image.voxels.detach().cpu().float()
    if float(voxels.min()) == float(voxels.max()):
        return float(voxels.min()), float(voxels.min()) + 1
    return intensity_limits(image.with_voxels(voxels), _preset(image, result))


def _preset(image: Image, result: Result) -> IntensityPreset:
    name = result.provenance.settings.get("preset")
    return load_preset(name) if name in preset_names() else guess_preset(image)
