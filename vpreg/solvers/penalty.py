"""Per-pair optimisation of the published loss: volume is kept by a penalty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import torch

from vpreg.fields.resize import resize_field
from vpreg.fields.taper import taper_border
from vpreg.filters.gaussian import gaussian_smooth
from vpreg.images.image import Image
from vpreg.solvers.fold_repair import repair_folds
from vpreg.solvers.level import Level, plan_level
from vpreg.solvers.objective import Objective
from vpreg.solvers.pair import BORDER_MM
from vpreg.solvers.penalty_settings import PenaltySettings
from vpreg.solvers.published_loss import PublishedLoss


@dataclass(frozen=True)
class PenaltySolver:
    """Adam on a displacement field, coarse to fine, in place of the published network.

    What the objective says of lesions is not used: no segmentation enters the published loss.
    """

    settings: PenaltySettings = field(default_factory=PenaltySettings)

    def solve(
        self,
        fixed: Image,
        moving: Image,
        *,
        objective: Objective,
        start: torch.Tensor | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> torch.Tensor:
        """Return the field (3, K, J, I) in voxels of the fixed grid; `moving` lies on it too."""
        settings = self.settings
        u = fixed.voxels.new_zeros((3, *fixed.grid.shape)) if start is None else start
        levels = [plan_level(fixed.grid, f, settings.field_factor) for f in settings.factors]
        total = sum(map(_cost, levels, settings.iterations)) or 1
        done = 0
        for level, count in zip(levels, settings.iterations, strict=True):
            loss = PublishedLoss(fixed.voxels, moving.voxels, objective, level)
            descent = _Descent(resize_field(u, level.image_shape), level, settings)
            for _ in range(count):
                descent.step(loss)
                done += _cost(level, 1)
                if progress:
                    progress(done / total)
            u = descent.field().detach()
        with torch.no_grad():
            return repair_folds(taper_border(resize_field(u, fixed.grid.shape), 1.0))


def _cost(level: Level, count: int) -> int:
    return count * torch.Size(level.image_shape).numel()


class _Descent:
    """The descent at one level: what is added to the field of the level before."""

    def __init__(self, u: torch.Tensor, level: Level, settings: PenaltySettings) -> None:
        self.settings = settings
        self.base = u
        self.calm = taper_border(
            torch.ones_like(u), [BORDER_MM / s for s in level.image_spacing_mm]
        )
        self.added = torch.zeros(
            (3, *level.field_shape), dtype=u.dtype, device=u.device, requires_grad=True
        )
        scale = max(i / f for i, f in zip(level.image_shape, level.field_shape, strict=True))
        self.adam = torch.optim.Adam([self.added], lr=settings.step_voxels / scale)

    def field(self) -> torch.Tensor:
        """Return the field on the grid of the images."""
        smooth = gaussian_smooth(self.added, self.settings.field_smoothing_voxels)
        k, j, i = self.base.shape[1:]
        return self.base + resize_field(smooth, (k, j, i)) * self.calm

    @torch.enable_grad()
    def step(self, loss: PublishedLoss) -> None:
        """Make one step of Adam."""
        self.adam.zero_grad()
        loss.parts(self.field()).total(self.settings).backward()  # type: ignore[no-untyped-call]
        self.adam.step()
