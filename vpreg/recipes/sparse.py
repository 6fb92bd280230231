"""Register an atlas to a sparse clinical scan (SparseVM; Lewis et al.; methods §4)."""

from __future__ import annotations

from dataclasses import replace

import torch

from vpreg.images.image import Image
from vpreg.images.interpolation import Interpolation
from vpreg.images.resampling import resample
from vpreg.masks.acquired_slices import slices_of_grid
from vpreg.masks.slice_confidence import slice_confidence
from vpreg.progress import Progress, Silent, Stage
from vpreg.recipes.inputs import Inputs
from vpreg.recipes.register import register
from vpreg.recipes.result import Result
from vpreg.recipes.sparse_grid import on_slices
from vpreg.recipes.sparse_inputs import SparseInputs
from vpreg.recipes.sparse_labels import carry_labels, on_scan_grid, structure_table
from vpreg.recipes.sparse_settings import AtlasSampling, SparseSettings
from vpreg.recipes.sparse_slices import Measured, find_measured, slice_figures

ROUGH_SDLOGJ = 0.6
"""Real scans: 0.2 to 0.35 where the atlas fits, 0.77 and 0.85 where it plainly does not."""


@torch.no_grad()
def register_sparse(
    inputs: SparseInputs,
    *,
    settings: SparseSettings | None = None,
    progress: Progress | None = None,
) -> Result:
    """Lay the atlas over the scan by what the scanner measured, and carry the labels over.

    The result lies on a fine grid along the slices of the scan; `fixed` is the scan interpolated
    onto it, `confidence` says which of its voxels were measured. ValueError with a plain sentence
    where no slices are found.
    """
    settings, progress = settings or SparseSettings(), progress or Silent()
    progress.report(Stage.AFFINE, 0.0)
    measured = find_measured(inputs.scan, inputs.acquired, settings)
    pair = _pair(inputs, measured, settings)
    result = register(pair, settings=settings.registration, progress=progress)
    figures = {**result.figures, "slices": slice_figures(measured, settings)}
    labels = None
    if inputs.atlas_labels is not None:
        labels = carry_labels(result, inputs.atlas_labels, result.fixed.grid)
        figures["structures"] = structure_table(
            labels,
            measured.coverage,
            atlas_labels=inputs.atlas_labels,
            on_scan=on_scan_grid(result, inputs.atlas_labels, inputs.scan_labels),
        )
    origin = replace(
        result.provenance,
        recipe=f"sparse, {result.provenance.recipe}",
        settings=settings.to_json_dict(),
        warnings=[*result.provenance.warnings, *doubts(result)],
    )
    return replace(
        result, confidence=measured.confidence, labels=labels, figures=figures, provenance=origin
    )


def doubts(result: Result) -> list[str]:
    """Doubt a field that tears: scans of other contrast lead local correlation astray."""
    roughness = result.figures["final"]["field"]["sdlogj"]["value"]
    if roughness is None or not roughness > ROUGH_SDLOGJ:
        return []
    doubt = (
        "Look at the result before you use it, or try another similarity (mind-ssc suits scans of "
        f"different contrast): the atlas was bent very unevenly (SDlogJ {roughness:.2f})."
    )
    return [doubt]


def _pair(inputs: SparseInputs, measured: Measured, settings: SparseSettings) -> Inputs:
    atlas, atlas_confidence = _atlas(inputs.atlas, settings)
    return Inputs(
        fixed=measured.scan,
        moving=atlas,
        fixed_tumor=inputs.scan_tumor,
        moving_tumor=inputs.atlas_tumor,
        organ=inputs.atlas_organ,
        fixed_organ=inputs.scan_organ,
        fixed_mask=_all_but(inputs.excluded, measured.scan),
        moving_mask=_laid(inputs.atlas_mask, atlas),
        affine_lps=inputs.affine_lps,
        fixed_confidence=measured.confidence,
        moving_confidence=atlas_confidence,
        fixed_profile=measured.profile,
    )


def _atlas(atlas: Image, settings: SparseSettings) -> tuple[Image, Image | None]:
    """Return the atlas and how sure its voxels are; thick slices count as far as halfway."""
    if settings.atlas is AtlasSampling.FULL:
        return atlas, None
    slices = slices_of_grid(atlas.grid)
    fine = on_slices(atlas, slices, voxel_mm=settings.voxel_mm)
    # Lines where the planes of two sparse scans cross would be too little to register by.
    return fine, slice_confidence(slices, fine.grid, reach_mm=slices.spacing_mm / 2)


def _all_but(excluded: Image | None, scan: Image) -> Image | None:
    laid = _laid(excluded, scan)
    return None if laid is None else laid.with_voxels((laid.voxels == 0).to(torch.int32))


def _laid(mask: Image | None, scan: Image) -> Image | None:
    if mask is None:
        return None
    return resample(mask, scan.grid, interpolation=Interpolation.NEAREST)
