"""Where the pictures beside the headline look: the tumor, or what stands in for it."""

from __future__ import annotations

import torch

from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.metrics.components import connected_components
from vpreg.metrics.json_figures import Json
from vpreg.recipes.result import Result
from vpreg.report.columns import ShownAlignment, shown_alignments
from vpreg.report.display_grid import DisplayGrid
from vpreg.report.numerals import percent
from vpreg.report.tumors import (
    Point,
    centre_of_weight,
    largest_lesion,
    reach_mm,
    tumor_by_affine,
    tumor_by_alignment,
)
from vpreg.report.verdict import Verdict, word_for

_PLANES = ("axial", "coronal", "sagittal")
_LEAST_HALF_WIDTH_MM = 35.0
_MARGIN = 1.9
_THICK = 1.5


def key_pictures(result: Result, display: DisplayGrid, verdict: Verdict) -> dict[str, Json]:
    """Return plane, width and one picture an alignment, places in voxels of the page's grid."""
    lesion = None if result.moving_tumor is None else largest_lesion(result.moving_tumor)
    if lesion is None:
        centre, reach = _stand_in(result, display)
        places = {one.column: centre for one in shown_alignments(result)}
        reference = None
    else:
        affine = display.show(tumor_by_affine(lesion, result)).voxels
        reference = centre_of_weight(affine)
        reach = reach_mm(affine, display.grid.spacing_mm)
        middle = reference or _middle(display.grid)
        places = {
            one.column: _place(lesion, one, result, display) or middle
            for one in shown_alignments(result)
        }
    return {
        "plane": _PLANES[_clearest_axis(display.grid)],
        "half_width_mm": max(_LEAST_HALF_WIDTH_MM, _MARGIN * reach),
        "reference": None if reference is None else list(reference),
        "pictures": [
            _picture(one, places[one.column], verdict) for one in shown_alignments(result)
        ],
    }


def _picture(one: ShownAlignment, centre: Point, verdict: Verdict) -> Json:
    kept = verdict.kept.get(one.column)
    return {
        "column": one.column.value,
        "title": one.title,
        "centre": list(centre),
        "kept": percent(kept),
        "word": None if kept is None else word_for(kept),
    }


def _place(
    lesion: Image, one: ShownAlignment, result: Result, display: DisplayGrid
) -> Point | None:
    return centre_of_weight(display.show(tumor_by_alignment(lesion, one.alignment, result)).voxels)


def _stand_in(result: Result, display: DisplayGrid) -> tuple[Point, float]:
    """Return centre and reach of the largest piece of the soft mask, else of the whole scan."""
    if result.soft_mask_fixed is not None:
        weights = display.show(result.soft_mask_fixed).voxels
        piece = (connected_components(weights > 0.5) == 1).to(torch.float32)
        centre = centre_of_weight(piece)
        if centre is not None:
            return centre, reach_mm(piece, display.grid.spacing_mm)
    return _middle(display.grid), max(display.grid.extent_mm) / 2 / _MARGIN


def _middle(grid: Grid) -> Point:
    k, j, i = ((n - 1) / 2 for n in grid.shape)
    return (k, j, i)


def _clearest_axis(grid: Grid) -> int:
    """Look along thick slices, where pixels are small; along the body otherwise."""
    thickest = max(range(3), key=lambda a: grid.spacing_mm[a])
    return thickest if grid.spacing_mm[thickest] > _THICK * min(grid.spacing_mm) else 0
