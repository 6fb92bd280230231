"""From a similarity-only field to the soft mask that stage 2 protects."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.fields.invert import invert
from vpreg.fields.jacobian import jacobian_determinant
from vpreg.fields.resize import resize_field
from vpreg.fields.warp import warp
from vpreg.images.grid import Grid
from vpreg.images.pyramid import downsample, downsampled_grid
from vpreg.masks.mismatch import (
    Evidence,
    doubt_score,
    mismatch_score,
    size_change,
    unlikeness,
)
from vpreg.masks.soft_mask import soft_threshold, with_soft_border, without_specks
from vpreg.recipes.prepare import Prepared
from vpreg.recipes.settings import Mode, VolumeSettings

WORKING_MM = 2.0
"""Means over a centimetre need no finer voxels than about these."""


@dataclass(frozen=True)
class Mismatch:
    """The soft mask in both spaces of the working grid, and the organ ratio behind it."""

    fixed_mask: torch.Tensor
    moving_mask: torch.Tensor
    organ_ratio: float
    doubtful: torch.Tensor | None = None
    """Tissue, as in the moving scan, that keeps part of its volume though it need not be tumor."""
    seen_mask: torch.Tensor | None = None
    """What a network sees in place of the moving mask, where it was trained with another one."""


def find_mismatch(
    prepared: Prepared, u: torch.Tensor, *, mode: Mode, settings: VolumeSettings
) -> Mismatch:
    """Return the tissue that the field `u` squeezed or stretched without making it alike."""
    organ = warp(prepared.moving_organ, u).clamp_(0.0, 1.0)
    organ_ratio = float(organ.sum() / prepared.moving_organ.sum().clamp(min=1.0))
    factor = _coarse_factor(prepared.grid)
    grid = downsampled_grid(prepared.grid, factor)
    evidence = Evidence(
        fixed=downsample(prepared.fixed.voxels, factor),
        warped=downsample(warp(prepared.moving.voxels, u), factor),
        relative_determinant=downsample(jacobian_determinant(u), factor) * organ_ratio,
        organ=downsample(organ, factor),
        grid=grid,
    )
    mask = _soft_mask(evidence, mode, settings)
    masks = torch.stack([mask, _doubt(evidence, settings)] if mode is Mode.FOLLOW_UP else [mask])
    # The masks follow the moving scan: a true inverse takes them there, not a second registration.
    inverse = invert(resize_field(u, grid.shape), tolerance_voxels=0.1, max_sweeps=5).u
    moving = [_enlarged(carried, prepared.grid) for carried in warp(masks, inverse)]
    return Mismatch(
        fixed_mask=_enlarged(mask, prepared.grid),
        moving_mask=_with_lesions(moving[0], prepared),
        organ_ratio=organ_ratio,
        doubtful=moving[1] if mode is Mode.FOLLOW_UP else None,
    )


def _coarse_factor(grid: Grid) -> tuple[int, int, int]:
    k, j, i = (max(1, round(WORKING_MM / s)) for s in grid.spacing_mm)
    return (k, j, i)


def _soft_mask(evidence: Evidence, mode: Mode, settings: VolumeSettings) -> torch.Tensor:
    score = mismatch_score(
        evidence,
        scale_mm=settings.mask_scale_mm,
        window_mm=settings.window_mm,
        shrink_only=mode is Mode.ATLAS,
    )
    mask = soft_threshold(score, threshold=settings.threshold(mode), slope=settings.slope)
    mask = torch.maximum(mask, _changed_size(evidence, mode, settings))
    least_voxels = settings.least_piece_ml * 1000 / evidence.grid.voxel_volume_mm3
    return without_specks(mask * evidence.organ, least_voxels=least_voxels)


def _changed_size(evidence: Evidence, mode: Mode, settings: VolumeSettings) -> torch.Tensor:
    """Return where tissue changed its size very much over a few millimetres, alike or not.

    A lesion can be squeezed into perfect likeness, so likeness alone acquits nobody: the paper's
    criterion, two-sided and with a lower threshold between two dates (methods §2.3, T5). Anatomy
    that differs between two people changes its size too, but becomes alike by it; of tissue that
    stays unlike less is allowed there (docs/adr/0006).
    """
    smaller = size_change(evidence, scale_mm=settings.size_scale_mm)
    change = torch.maximum(smaller, 1.0 / smaller) - 1.0
    usual = _usual(change, evidence)
    if mode is Mode.ATLAS:
        change = (smaller - 1.0).clamp_(min=0.0)
    least, over_median = settings.size_limits(mode)

    def beyond(times_usual: float) -> torch.Tensor:
        # A registration of two people, or of noisy or thick-sliced scans, changes sizes everywhere.
        threshold = max(least - 1.0, times_usual * usual)
        return soft_threshold(change, threshold=threshold, slope=settings.slope)

    changed = beyond(over_median)
    if mode is Mode.ATLAS:
        unlike = beyond(settings.atlas_unlike_over_median).mul_(_stayed_unlike(evidence, settings))
        changed = torch.maximum(changed, unlike)
    return with_soft_border(changed, evidence.grid.spacing_mm, width_mm=settings.border_mm)


def _usual(change: torch.Tensor, evidence: Evidence) -> float:
    organ = change[evidence.organ > 0.5]
    return float(organ.median()) if organ.numel() else 0.0


def _stayed_unlike(evidence: Evidence, settings: VolumeSettings) -> torch.Tensor:
    lacking = unlikeness(evidence, scale_mm=settings.size_scale_mm, window_mm=settings.window_mm)
    return soft_threshold(lacking, threshold=settings.atlas_unlikeness, slope=settings.slope)


def _doubt(evidence: Evidence, settings: VolumeSettings) -> torch.Tensor:
    """Return how strongly tissue of the same patient keeps its volume on mere suspicion.

    Between two dates tissue hardly changes its volume, so suspicion is enough to hold it in part;
    its likeness goes on to count.
    """
    score = doubt_score(evidence, scale_mm=settings.mask_scale_mm, window_mm=settings.window_mm)
    share = (score / settings.doubt_threshold).clamp_(max=1.0)
    return share.pow_(settings.doubt_power).mul_(settings.doubt_strength).mul_(evidence.organ)


def _enlarged(mask: torch.Tensor, grid: Grid) -> torch.Tensor:
    return torch.nn.functional.interpolate(
        mask[None, None], size=list(grid.shape), mode="trilinear", align_corners=False
    )[0, 0]


def _with_lesions(mask: torch.Tensor, prepared: Prepared) -> torch.Tensor:
    """Add the known lesions, with a soft border of two millimetres around them."""
    spacing = prepared.grid.spacing_mm
    for lesion in prepared.lesions:
        mask = torch.maximum(mask, with_soft_border(lesion, spacing, width_mm=2.0))
    return mask
