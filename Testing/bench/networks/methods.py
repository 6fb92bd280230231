"""Who registers a test case, and how."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import torch

from networks.cases import HeldOutCase
from networks.home import Shape
from networks.padding import crop_field, pad_pair
from vpreg.images.cropping import Box
from vpreg.images.grid import Grid
from vpreg.images.image import Image
from vpreg.networks.store import Model, load_model
from vpreg.recipes.method import Method
from vpreg.recipes.prepare import Prepared
from vpreg.recipes.settings import Mode, Settings, VolumeSettings
from vpreg.recipes.stages import stages_of
from vpreg.recipes.volume_target import volume_target
from vpreg.solvers.objective import Objective
from vpreg.training.loss.guide import Guide
from vpreg.training.training_pair import TrainingPair

PAIR_MARGIN_MM = 12.0
"""Room for the border of the per-pair solvers, where nothing moves."""


@dataclass(frozen=True)
class Laid:
    """A field (3, K, J, I) in voxels of the test grid, and what registration alone took.

    Seconds are those of the processor: they do not grow when other programs run as well.
    """

    u: torch.Tensor
    seconds: float


Register = Callable[[HeldOutCase], Laid]


def affine_only(case: HeldOutCase) -> Laid:
    """Leave it at the alignment that all methods start from."""
    return Laid(torch.zeros((3, *case.pair.fixed.shape[2:])), 0.0)


def similarity_network(path: Path) -> Register:
    """Return one pass of a network without a mask channel."""
    return partial(_pass, model=load_model(str(path)), first=None)


def volume_network(path: Path, first: Path) -> Register:
    """Return one pass of a network that is shown the mask which the first network finds."""
    return partial(_pass, model=load_model(str(path)), first=load_model(str(first)))


@torch.no_grad()
def _pass(case: HeldOutCase, *, model: Model, first: Model | None) -> Laid:
    home = model.card.home
    pair = pad_pair(case.pair, home.shape)
    start = time.process_time()
    third = None if first is None else Guide(first.network, home)(pair).channel()
    u = model.network(pair.fixed, pair.moving, third).u[0]
    seconds = time.process_time() - start
    return Laid(crop_field(u, case.home.shape), seconds)


def per_pair(
    method: Method, *, keep_volume: bool, volume: VolumeSettings | None = None
) -> Register:
    """Return both stages of a method without a network, or the first one alone."""
    # The fixed scan is of another person, without lesions.
    settings = Settings(method=method, mode=Mode.ATLAS, volume=volume or VolumeSettings())
    return partial(_optimized, settings=settings, keep_volume=keep_volume)


def _optimized(case: HeldOutCase, *, settings: Settings, keep_volume: bool) -> Laid:
    prepared = _prepared(case)
    stages = stages_of(settings)
    start = time.process_time()
    u = stages.first.solve(prepared.fixed, prepared.moving, objective=Objective())
    if keep_volume:
        mismatch = stages.find_mismatch(prepared, u)
        target = volume_target(mismatch, prepared, settings.volume)
        u = stages.second.solve(
            prepared.fixed,
            prepared.moving,
            objective=Objective(volume=target),
            start=u if stages.goes_on else None,
        )
    seconds = time.process_time() - start
    return Laid(crop_field(u, case.home.shape), seconds)


def _prepared(case: HeldOutCase) -> Prepared:
    """Lay a case on a grid with a margin, as the recipe has it after the affine."""
    spacing = case.home.spacing_mm or (1.0, 1.0, 1.0)
    k, j, i = (
        n + 2 * round(PAIR_MARGIN_MM / s) for n, s in zip(case.home.shape, spacing, strict=True)
    )
    shape: Shape = (k, j, i)
    pair: TrainingPair = pad_pair(case.pair, shape)
    grid = Grid(shape, spacing)
    return Prepared(
        box=Box((0, 0, 0), shape),
        fixed=Image(pair.fixed[0, 0], grid),
        moving=Image(pair.moving[0, 0], grid),
        fixed_organ=_organ(pair.fixed_organ),
        moving_organ=_organ(pair.moving_organ),
        lesions=(),
        fixed_weight=None,
        moving_weight=None,
    )


def _organ(organ: torch.Tensor | None) -> torch.Tensor:
    if organ is None:
        msg = "Give scans with organ masks: volume is kept relative to the organ."
        raise ValueError(msg)
    return organ[0, 0]
