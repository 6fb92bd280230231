"""The soft tumor mask as the paper computes it (Dong et al., ICCV 2023, Eq. 9; methods §2.3)."""

from __future__ import annotations

import torch

from vpreg.filters.box import box_sum
from vpreg.masks.soft_mask import soft_threshold

THRESHOLD = 1.5
SLOPE = 5.0
LARGEST_CHANGE = 3.0
RIM_FRACTION = 0.5


def paper_size_map(
    determinant: torch.Tensor,
    organ: torch.Tensor,
    organ_ratio: float,
    *,
    shrink_only: bool = True,
) -> torch.Tensor:
    """Return the relative shrinkage S on the fixed grid, 0 outside the organ and on its thin rim.

    `determinant` is that of stage 1, `organ` the warped moving organ (0 to 1), and `organ_ratio`
    its volume after over before, by the same field (T2, T3). Means of 3³ voxels; two-sided when
    expansion counts as well, folded after multiplying by the ratio (the paper's code folds before).
    """
    bounded = determinant.abs().clamp(1 / LARGEST_CHANGE, LARGEST_CHANGE)
    size = box_sum(bounded, 1).div_(27.0) * organ_ratio
    if not shrink_only:
        size = torch.maximum(size, 1.0 / size)
    inside = organ > 0.5
    rim = (box_sum(organ, 1) < 27.0 * RIM_FRACTION) & (organ != 0)
    return torch.where(inside & ~rim, size, torch.zeros_like(size))


def paper_soft_mask(size: torch.Tensor, organ: torch.Tensor) -> torch.Tensor:
    """Return sigmoid(5 (S - 1.5)) inside the organ: .5 at S = 1.5, .0759 where nothing changed."""
    mask = torch.sigmoid(SLOPE * (size - THRESHOLD))
    return torch.where(organ > 0.5, mask, torch.zeros_like(mask))


def paper_mask_without_floor(size: torch.Tensor, organ: torch.Tensor) -> torch.Tensor:
    """Return the same, less what it is where nothing changed, and 1 again at its most.

    Over a whole organ that floor would outweigh a small lesion many times (T18).
    """
    excess = THRESHOLD - 1.0
    mask = soft_threshold(size - 1.0, threshold=excess, slope=SLOPE * excess)
    return mask * (organ > 0.5)
