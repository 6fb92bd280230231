"""The two-stage registration of a pair (Dong et al., ICCV 2023; methods §2.12)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np
import torch

from vpreg.images.image import Image
from vpreg.progress import Progress, Silent, Stage
from vpreg.recipes.device_choice import choose_device
from vpreg.recipes.find_mismatch import Mismatch
from vpreg.recipes.finish import Findings, finish
from vpreg.recipes.inputs import Inputs
from vpreg.recipes.method import Method
from vpreg.recipes.prepare import Organs, Prepared, find_organ, normalise_scan, on_grid_of, prepare
from vpreg.recipes.result import Result
from vpreg.recipes.settings import Recipe, Settings
from vpreg.recipes.settle_lesions import known_lesions, settle_lesions
from vpreg.recipes.stages import stages_of
from vpreg.recipes.start import start_field
from vpreg.recipes.volume_target import volume_target
from vpreg.solvers.affine import align_affine
from vpreg.solvers.objective import Objective


@dataclass
class Clock:
    """How long each stage took."""

    seconds_by_stage: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def time(self, stage: Stage) -> Iterator[None]:
        """Add the time inside the block to a stage."""
        begin = time.perf_counter()
        yield
        spent = time.perf_counter() - begin
        self.seconds_by_stage[stage.name.lower()] = (
            self.seconds_by_stage.get(stage.name.lower(), 0.0) + spent
        )


@torch.no_grad()
def register(
    inputs: Inputs, *, settings: Settings | None = None, progress: Progress | None = None
) -> Result:
    """Lay the moving scan over the fixed one and keep the volume of what has no counterpart."""
    settings, progress = settings or Settings(), progress or Silent()
    clock = Clock()
    torch.manual_seed(settings.seed)
    device = choose_device(settings.device)
    with clock.time(Stage.AFFINE):
        prepared, affine_lps, organs = _align(inputs, settings, progress, device)
    with clock.time(Stage.SIMILARITY):
        first = _similarity_only(prepared, settings, progress, scan=inputs.fixed)
    mismatch, second = None, None
    if settings.recipe is Recipe.VOLUME_PRESERVING:
        with clock.time(Stage.MASK):
            progress.report(Stage.MASK, 0.0)
            mismatch = stages_of(settings).find_mismatch(prepared, first)
            progress.report(Stage.MASK, 1.0)
        with clock.time(Stage.VOLUME):
            second = _keep_volume(prepared, first, mismatch, settings, progress)
            if inputs.moving_tumor is not None and settings.method is Method.PROJECTED:
                tumor = on_grid_of(inputs.moving, inputs.moving_tumor)
                known = known_lesions(tumor, organs.moving, affine_lps)
                second = settle_lesions(second, prepared, known)
    findings = Findings(prepared, affine_lps, organs, first, second, mismatch)
    return finish(inputs, findings, settings, clock.seconds_by_stage, progress=progress)


def _align(
    inputs: Inputs, settings: Settings, progress: Progress, device: torch.device
) -> tuple[Prepared, np.ndarray, Organs]:
    progress.report(Stage.AFFINE, 0.0)
    fixed = normalise_scan(inputs.fixed.to(device), settings.preset)
    moving = normalise_scan(inputs.moving.to(device), settings.preset)
    organs = Organs(find_organ(fixed, inputs.fixed_organ), find_organ(moving, inputs.organ))
    affine_lps = inputs.affine_lps
    if affine_lps is None:
        affine_lps = align_affine(
            fixed,
            moving,
            kind=settings.affine,
            fixed_mask=inputs.fixed_mask,
            moving_mask=inputs.moving_mask,
            progress=progress,
        ).matrix_lps
    progress.report(Stage.AFFINE, 1.0)
    return prepare(inputs, fixed, moving, affine_lps, organs=organs), affine_lps, organs


def _similarity_only(
    prepared: Prepared, settings: Settings, progress: Progress, *, scan: Image
) -> torch.Tensor:
    start = start_field(settings.start, prepared, preset=settings.preset, scan=scan)
    return stages_of(settings).first.solve(
        prepared.fixed,
        prepared.moving,
        objective=_where_similarity_counts(prepared),
        start=start,
        progress=lambda fraction: progress.report(Stage.SIMILARITY, fraction),
    )


def _keep_volume(
    prepared: Prepared,
    start: torch.Tensor,
    mismatch: Mismatch,
    settings: Settings,
    progress: Progress,
) -> torch.Tensor:
    volume = volume_target(mismatch, prepared, settings.volume)
    stages = stages_of(settings)
    return stages.second.solve(
        prepared.fixed,
        prepared.moving,
        objective=replace(_where_similarity_counts(prepared), volume=volume),
        start=start if stages.goes_on else None,
        progress=lambda fraction: progress.report(Stage.VOLUME, fraction),
    )


def _where_similarity_counts(prepared: Prepared) -> Objective:
    return Objective(prepared.fixed_weight, prepared.moving_weight, profile=prepared.profile)
