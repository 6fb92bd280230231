"""From evidence to a soft mask."""

from __future__ import annotations

import math

import SimpleITK
import torch

from vpreg.filters.gaussian import gaussian_smooth
from vpreg.images.grid import Triple


def soft_threshold(score: torch.Tensor, *, threshold: float, slope: float) -> torch.Tensor:
    """Return a sigmoid of the score that is exactly 0 at score 0 and one half near the threshold.

    `slope` is per unit of the threshold. The sigmoid's floor is taken off: over a whole organ it
    would outweigh a small lesion many times (T18).
    """
    floor = 1.0 / (1.0 + math.exp(slope))
    raw = torch.sigmoid((score / threshold - 1.0) * slope)
    return ((raw - floor) / (1.0 - floor)).clamp_(min=0.0)


def with_soft_border(mask: torch.Tensor, spacing_mm: Triple, *, width_mm: float) -> torch.Tensor:
    """Return the mask grown by a border that fades out over about twice its width."""
    if width_mm <= 0:
        return mask
    around = gaussian_smooth(mask, [width_mm / s for s in spacing_mm]).mul_(2.0).clamp_(max=1.0)
    return torch.maximum(mask, around)


def without_specks(mask: torch.Tensor, *, least_voxels: float) -> torch.Tensor:
    """Return the mask with only those connected pieces (above one half) that are large enough.

    What lies around a kept piece stays soft; each voxel goes with the piece nearest to it.
    """
    core = (mask > 0.5).cpu()
    if not bool(core.any()):
        return torch.zeros_like(mask)
    pieces = SimpleITK.ConnectedComponent(SimpleITK.GetImageFromArray(core.numpy().astype("uint8")))
    ordered = SimpleITK.RelabelComponent(pieces, minimumObjectSize=max(1, round(least_voxels)))
    labels = torch.from_numpy(SimpleITK.GetArrayFromImage(ordered).astype("int64")).to(mask.device)
    lost = core.to(mask.device) & (labels == 0)
    if not bool(lost.any()):
        return mask
    kept = _grown(labels > 0) | ~_grown(lost)
    return torch.where(kept & ~lost, mask, torch.zeros_like(mask))


def _grown(mask: torch.Tensor, radius_voxels: int = 3) -> torch.Tensor:
    size = 2 * radius_voxels + 1
    pooled = torch.nn.functional.max_pool3d(
        mask.float()[None, None], size, stride=1, padding=radius_voxels
    )
    return pooled[0, 0] > 0
