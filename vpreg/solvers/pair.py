"""Per-pair optimisation of a diffeomorphic field: no weights, no training."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import torch

from vpreg.fields.compose import compose
from vpreg.fields.resize import resize_field
from vpreg.fields.taper import taper_border
from vpreg.fields.warp import warp
from vpreg.filters.gaussian import gaussian_smooth
from vpreg.images.image import Image
from vpreg.images.pyramid import downsample
from vpreg.solvers.fold_repair import repair_folds
from vpreg.solvers.force import step_along_force
from vpreg.solvers.level import Level, plan_level
from vpreg.solvers.objective import Objective
from vpreg.solvers.pair_settings import PairSettings
from vpreg.solvers.slice_profile import force_reach_mm, seen_by_slices
from vpreg.solvers.terms import make_term
from vpreg.solvers.volume_step import VolumeKeeper

PATIENCE = 6
"""Iterations without a gain after which a level ends."""

COARSEST_MM = 10.0
"""Voxels above this length make one blur of sulci and ventricles, which leads astray (ADR 7)."""

BORDER_MM = 8.0
"""Steps fade out towards the border: a field that was cut to zero at the end would fold there."""


@dataclass(frozen=True)
class PairSolver:
    """Greedy compositive descent, coarse to fine (methods §7.5; speed.md has the measurements)."""

    settings: PairSettings = field(default_factory=PairSettings)
    kept_start: float = 0.0
    """The share of the start, 0 to 1, that is not smoothed: it is an alignment already (ADR 7)."""

    @torch.no_grad()
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
        plan = [
            plan_level(fixed.grid, factor, field_factor)
            for factor, field_factor in zip(
                self.settings.factors, self.settings.field_factors, strict=True
            )
        ]
        u = fixed.voxels.new_zeros((3, *fixed.grid.shape)) if start is None else start
        counts = _useful(plan, self.settings.iterations)
        work = _Work(plan, counts, progress or _ignore)
        for level, count in zip(plan, counts, strict=True):
            if count:
                descent = _Descent(fixed.voxels, moving.voxels, objective, level, self.settings)
                before = resize_field(u, level.field_shape)
                kept = None if start is None else self.kept_start * before
                after = descent.run(before, count, work, kept=kept)
                # What a level can't hold of the field it was given stays: details of the start.
                u = u + resize_field(after - before, fixed.grid.shape)
        if objective.volume is not None and objective.volume.lesions:
            # Resizing costs small lesions a percent of their volume.
            keeper = VolumeKeeper(objective.volume, plan_level(fixed.grid, 1, 1.0))
            settled = keeper.settle_lesions(u, rounds=3)
            fading = keeper.level.field_voxels(BORDER_MM)
            u = u + taper_border(settled - u, fading)
        # One voxel is enough: all levels held their outermost voxels, resizing loosens them.
        u = taper_border(u, 1.0)
        return repair_folds(u)


def _useful(plan: list[Level], iterations: tuple[int, ...]) -> tuple[int, ...]:
    """Leave out levels that show no anatomy any more, but never the last one."""
    last = len(plan) - 1
    return tuple(
        count if level.finest_mm <= COARSEST_MM or n == last else 0
        for n, (level, count) in enumerate(zip(plan, iterations, strict=True))
    )


def _ignore(fraction: float) -> None:
    """Tell nobody."""


class _Work:
    """How much of the solver's work is done, weighed by voxels."""

    def __init__(
        self,
        plan: list[Level],
        iterations: tuple[int, ...],
        progress: Callable[[float], None],
    ) -> None:
        self.progress = progress
        costs = [torch.Size(level.image_shape).numel() for level in plan]
        self.total = max(1, sum(n * c for n, c in zip(iterations, costs, strict=True)))
        self.done = 0.0

    def one_iteration(self, level: Level) -> None:
        self.done += torch.Size(level.image_shape).numel()
        self.progress(self.done / self.total)

    def skip(self, level: Level, count: int) -> None:
        self.done += count * torch.Size(level.image_shape).numel()
        self.progress(self.done / self.total)


class _Descent:
    """The descent at one level."""

    def __init__(
        self,
        fixed: torch.Tensor,
        moving: torch.Tensor,
        objective: Objective,
        level: Level,
        settings: PairSettings,
    ) -> None:
        self.level, self.settings, self.objective = level, settings, objective
        self.moving = downsample(moving, level.factor)
        slices = objective.profile.axis if objective.profile else None
        term = make_term(downsample(fixed, level.factor), level, settings, slices=slices)
        self.term = seen_by_slices(term, objective.profile, level)
        self.keeper = VolumeKeeper(objective.volume, level) if objective.volume else None
        self.slope = torch.empty_like(self.moving)
        still = self.moving.new_ones((3, *level.field_shape))
        self.calm = taper_border(still, level.field_voxels(BORDER_MM))
        # Smoothing would carry motion onto the border, a little in each of many iterations.
        self.held = (self.calm > 0).to(still)

    def run(
        self, u: torch.Tensor, count: int, work: _Work, *, kept: torch.Tensor | None = None
    ) -> torch.Tensor:
        """Return the field after at most `count` steps; `kept`, a part of it, is not smoothed."""
        weight = self._weight(u)
        best, stale = float("inf"), 0
        for i in range(count):
            step, loss = self._step(u, weight)
            u = self._smoothed(compose(step, u), kept).mul_(self.held)
            work.one_iteration(self.level)
            stale = 0 if loss < best - self.settings.least_gain else stale + 1
            best = min(best, loss)
            if stale >= PATIENCE:
                work.skip(self.level, count - 1 - i)
                break
        if self.keeper:
            u = self.keeper.settle(u, rounds=3)
            u = self.keeper.settle_lesions(u, rounds=6) * self.held
        return u

    def _step(self, u: torch.Tensor, weight: torch.Tensor | None) -> tuple[torch.Tensor, float]:
        warped = warp(self.moving, resize_field(u, self.level.image_shape))
        loss, slope = self.term.value_and_gradient(warped, weight=weight, out=self.slope)
        step = step_along_force(
            slope,
            warped,
            self.level,
            smoothing=self.settings.force_smoothing_voxels,
            step=self.settings.step_voxels,
            least_gain=self.settings.least_gain,
            reach_mm=force_reach_mm(self.objective.profile),
        )
        if self.keeper:
            step = self.keeper.correct(u, step)
        return step.mul_(self.calm), float(loss)

    def _smoothed(self, u: torch.Tensor, kept: torch.Tensor | None) -> torch.Tensor:
        width = self._field_smoothing()
        if kept is None:
            return gaussian_smooth(u, width)
        return gaussian_smooth(u.sub_(kept), width).add_(kept)

    def _field_smoothing(self) -> tuple[float, float, float]:
        finest_mm = min(self.level.field_spacing_mm)
        k, j, i = self.level.field_voxels(self.settings.field_smoothing_voxels * finest_mm)
        # A narrower Gaussian than this is the identity up to rounding.
        return (k if k > 0.2 else 0.0, j if j > 0.2 else 0.0, i if i > 0.2 else 0.0)

    def _weight(self, u: torch.Tensor) -> torch.Tensor | None:
        """Where similarity counts at the start of this level, on the fixed grid (T19)."""
        factors = []
        if self.objective.fixed_weight is not None:
            factors.append(downsample(self.objective.fixed_weight, self.level.factor))
        on_images = resize_field(u, self.level.image_shape)
        if self.objective.moving_weight is not None:
            moving_weight = downsample(self.objective.moving_weight, self.level.factor)
            factors.append(warp(moving_weight, on_images))
        if self.objective.volume is not None:
            mask = downsample(self.objective.volume.mask, self.level.factor)
            factors.append(1.0 - warp(mask, on_images))
        if not factors:
            return None
        weight = factors[0]
        for factor in factors[1:]:
            weight = weight * factor
        return weight.clamp(0.0, 1.0)
