"""What a registration returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch

from vpreg.images.image import Image


@dataclass(frozen=True)
class Alignment:
    """One way to lay the moving scan over the fixed one.

    A fixed point x (LPS mm) is looked up at A(x + u(x)): first the field, then the affine.
    `u` is in voxels of the fixed grid (3, K, J, I), `inverse_u` undoes x + u(x) on the same grid.
    """

    u: torch.Tensor
    inverse_u: torch.Tensor
    warped: Image
    determinant: Image
    """Determinant in millimetres of the whole map, affine included: above 1 the tissue shrinks."""
    folds: Image


@dataclass(frozen=True)
class Provenance:
    """How a result came about."""

    version: str
    recipe: str
    settings: dict[str, Any]
    device: str
    input_hashes: dict[str, str]
    seconds_by_stage: dict[str, float]
    warnings: list[str] = field(default_factory=list)
    scan_dates: dict[str, str] = field(default_factory=dict)
    """Of "fixed" and "moving", year-month-day, as far as they are known."""


@dataclass(frozen=True)
class Result:
    """Two scans laid over each other, and everything needed to judge it.

    `final` is the volume-preserving alignment, or the similarity-only one where the recipe stops
    there; `similarity_only` is the one to compare with, None where it is `final` itself.
    """

    fixed: Image
    moving: Image
    affine_lps: np.ndarray
    """4x4, fixed to moving, LPS millimetres."""
    final: Alignment
    similarity_only: Alignment | None
    soft_mask_fixed: Image | None
    soft_mask_moving: Image | None
    organ_fixed: Image
    organ_moving: Image
    figures: dict[str, Any]
    provenance: Provenance
    fixed_tumor: Image | None = None
    moving_tumor: Image | None = None
    confidence: Image | None = None
    """How surely each voxel of a sparse fixed scan was measured, 0 to 1."""
    labels: Image | None = None
    """Labels of the moving scan, carried to the grid of the fixed one."""
