"""Bring a case into the form that the peers take."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from registration.case import Case
from registration.grid_json import grid_to_json
from registration.handover import write_task
from vpreg.images.image import Image
from vpreg.images.intensity import normalise
from vpreg.images.preset_choice import guess_preset
from vpreg.images.resampling import resample_through


@dataclass(frozen=True)
class Prepared:
    """A case with its shared affine, and the moving scan in [0, 1] resampled by it."""

    case: Case
    affine_lps: np.ndarray
    moving_on_fixed: torch.Tensor


def prepare(case: Case, affine_lps: np.ndarray, folder: Path, *, threads: int) -> Prepared:
    """Scale both scans alike, resample the moving one and write the task of the pair."""
    fixed, moving = (normalise(scan, guess_preset(scan)) for scan in (case.fixed, case.moving))
    on_fixed = resample_through(moving, case.fixed.grid, affine_lps).voxels
    arrays = {
        "fixed": fixed.array,
        "moving": on_fixed.numpy(),
        "original_fixed": case.fixed.array,
        "original_moving": case.moving.array,
        "affine_lps": affine_lps,
    }
    given: dict[str, Image | None] = {
        "fixed_tumor": case.fixed_tumor,
        "moving_tumor": case.moving_tumor,
        "organ": case.organ if case.organ_is_given else None,
    }
    arrays |= {name: image.array for name, image in given.items() if image is not None}
    settings = {
        "spacing_mm": case.fixed.grid.spacing_mm,
        "fixed_grid": grid_to_json(case.fixed.grid),
        "moving_grid": grid_to_json(case.moving.grid),
        "mode": case.mode,
        "threads": threads,
    }
    write_task(folder, arrays, settings)
    return Prepared(case, affine_lps, on_fixed)
