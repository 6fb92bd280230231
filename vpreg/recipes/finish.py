"""From fields on the working grid to a result on the grids of the scans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

import vpreg
from vpreg.fields.affine import follow_by_affine
from vpreg.fields.folds import fold_mask
from vpreg.fields.invert import invert
from vpreg.fields.jacobian import jacobian_determinant
from vpreg.fields.warp import warp
from vpreg.images.cropping import uncrop
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.images.outside import value_outside
from vpreg.images.resampling import resample_through
from vpreg.progress import Progress, Stage
from vpreg.recipes.doubts import doubts
from vpreg.recipes.figures import collect_figures
from vpreg.recipes.find_mismatch import Mismatch
from vpreg.recipes.hashes import hash_image, hash_of_model
from vpreg.recipes.inputs import Inputs
from vpreg.recipes.prepare import Organs, Prepared
from vpreg.recipes.result import Alignment, Provenance, Result
from vpreg.recipes.settings import Settings


@dataclass(frozen=True)
class Findings:
    """What the stages found, on the working grid."""

    prepared: Prepared
    affine_lps: np.ndarray
    organs: Organs
    first: torch.Tensor
    second: torch.Tensor | None
    mismatch: Mismatch | None


def finish(
    inputs: Inputs,
    findings: Findings,
    settings: Settings,
    seconds_by_stage: dict[str, float],
    *,
    progress: Progress,
) -> Result:
    """Build the result: alignments on the fixed grid, masks, figures, provenance."""
    progress.report(Stage.MEASURING, 0.0)
    first = _alignment(inputs, findings, findings.first)
    progress.report(Stage.MEASURING, 0.3)
    second = None
    if findings.second is not None:
        second = _alignment(inputs, findings, findings.second)
    progress.report(Stage.MEASURING, 0.6)
    result = Result(
        fixed=inputs.fixed,
        moving=inputs.moving,
        affine_lps=findings.affine_lps,
        final=second or first,
        similarity_only=first if second else None,
        soft_mask_fixed=_on_fixed_grid(findings, _final_mask(findings)),
        soft_mask_moving=_on_moving_grid(inputs, findings, _moving_mask(findings)),
        organ_fixed=findings.organs.fixed.to("cpu"),
        organ_moving=findings.organs.moving.to("cpu"),
        figures={},
        provenance=_provenance(inputs, findings, settings, seconds_by_stage),
        fixed_tumor=inputs.fixed_tumor,
        moving_tumor=inputs.moving_tumor,
    )
    result.figures.update(collect_figures(result))
    result.provenance.warnings.extend(doubts(result, settings))
    progress.report(Stage.MEASURING, 1.0)
    return result


def _alignment(inputs: Inputs, findings: Findings, u: torch.Tensor) -> Alignment:
    """Carry a field to the whole fixed grid and pull the moving scan through it once."""
    grid = inputs.fixed.grid
    # The solver's field ends at 0, so nothing jumps where the working grid ends.
    whole = _uncrop_field(u, findings.prepared, grid)
    to_moving = follow_by_affine(whole, findings.affine_lps, grid, inputs.moving.grid)
    moving = inputs.moving.voxels.to(u.device, torch.float32)
    nothing = value_outside(inputs.moving)
    scale = abs(float(np.linalg.det(findings.affine_lps[:3, :3])))
    return Alignment(
        u=whole.cpu(),
        inverse_u=_uncrop_field(invert(u).u, findings.prepared, grid).cpu(),
        warped=Image((warp(moving - nothing, to_moving) + nothing).cpu(), grid),
        determinant=Image((jacobian_determinant(whole) * scale).cpu(), grid),
        folds=Image(fold_mask(whole).to(torch.uint8).cpu(), grid),
    )


def _uncrop_field(u: torch.Tensor, prepared: Prepared, grid: Grid) -> torch.Tensor:
    planes = [uncrop(Image(plane, prepared.grid), prepared.box, grid).voxels for plane in u]
    return torch.stack(planes)


def _moving_mask(findings: Findings) -> torch.Tensor | None:
    return None if findings.mismatch is None else findings.mismatch.moving_mask


def _final_mask(findings: Findings) -> torch.Tensor | None:
    """Lay the mask where the final alignment takes it (T4)."""
    mask = _moving_mask(findings)
    if mask is None:
        return None
    return warp(mask, findings.first if findings.second is None else findings.second)


def _on_fixed_grid(findings: Findings, mask: torch.Tensor | None) -> Image | None:
    if mask is None:
        return None
    prepared = findings.prepared
    whole = uncrop(Image(mask, prepared.grid), prepared.box, findings.organs.fixed.grid)
    return whole.to("cpu")


def _on_moving_grid(inputs: Inputs, findings: Findings, mask: torch.Tensor | None) -> Image | None:
    laid = _on_fixed_grid(findings, mask)
    if laid is None:
        return None
    return resample_through(laid, inputs.moving.grid, np.linalg.inv(findings.affine_lps))


def _provenance(
    inputs: Inputs, findings: Findings, settings: Settings, seconds_by_stage: dict[str, float]
) -> Provenance:
    given: dict[str, Any] = {name: getattr(inputs, name) for name in inputs.__dataclass_fields__}
    hashes = {name: hash_image(image) for name, image in given.items() if isinstance(image, Image)}
    if settings.model:
        hashes["model"] = hash_of_model(settings.model)
    return Provenance(
        version=vpreg.__version__,
        recipe=settings.recipe.value,
        settings=settings.to_json_dict(),
        device=str(findings.first.device),
        input_hashes=hashes,
        seconds_by_stage=seconds_by_stage,
    )
