"""Where likeness counts, and how much."""

from __future__ import annotations

import torch

from vpreg.fields.warp import warp
from vpreg.training.loss.loss_kinds import AcquiredUse
from vpreg.training.loss.loss_settings import LossSettings


@torch.no_grad()
def similarity_weight(
    u: torch.Tensor,
    settings: LossSettings,
    *,
    fixed_acquired: torch.Tensor | None = None,
    moving_acquired: torch.Tensor | None = None,
    warped_mask: torch.Tensor | None = None,
) -> torch.Tensor | None:
    """Return the weight (K, J, I) on the fixed grid, a constant (T4); None is one everywhere.

    What was acquired counts in both scans, the moving one's share by following the field `u`
    (3, K, J, I), and less where the warped soft mask keeps volume. All masks are (K, J, I).
    """
    parts = []
    if settings.acquired is not AcquiredUse.IGNORED:
        followed = None if moving_acquired is None else warp(moving_acquired, u)
        parts += [_counted(share, settings) for share in (fixed_acquired, followed)]
    if warped_mask is not None:
        parts.append(1.0 - warped_mask)
    given = [part for part in parts if part is not None]
    return torch.stack(given).prod(0).clamp_(0.0, 1.0) if given else None


def _counted(share: torch.Tensor | None, settings: LossSettings) -> torch.Tensor | None:
    if share is None or settings.acquired is AcquiredUse.SOFT:
        return share
    return (share > settings.support_threshold).to(share.dtype)
