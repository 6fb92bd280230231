"""What a method brings to the two stages of a registration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

import torch

from vpreg.images.image import Image
from vpreg.recipes.find_mismatch import Mismatch, find_mismatch
from vpreg.recipes.method import Method
from vpreg.recipes.paper_mismatch import find_paper_mismatch, mask_as_in_training
from vpreg.recipes.prepare import Prepared
from vpreg.recipes.settings import Mode, Settings
from vpreg.recipes.solver_kind import SolverKind
from vpreg.solvers.objective import Objective
from vpreg.solvers.pair import PairSolver
from vpreg.solvers.penalty import PenaltySolver


class Solver(Protocol):
    """Whatever finds a field for a pair: an optimizer, or a trained network."""

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


@dataclass(frozen=True)
class Stages:
    """The solvers of both stages and the mask between them.

    `goes_on`: stage 2 starts from the field of stage 1, and not from nothing.
    """

    first: Solver
    find_mismatch: Callable[[Prepared, torch.Tensor], Mismatch]
    second: Solver
    goes_on: bool


def stages_of(settings: Settings) -> Stages:
    """Return the stages of the method and of the solver that the settings choose."""
    stages = _stages_of_method(settings)
    if settings.solver is SolverKind.NETWORK:
        return _with_network(stages, settings)
    return stages


def _with_network(stages: Stages, settings: Settings) -> Stages:
    """Let a network speak first in stage 1, and in stage 2 if it has a channel for the mask.

    Without that channel it has nothing new to say, and stage 2 goes on from its field. A network
    that was trained behind another one speaks in stage 2 only, as published (methods §2.3).
    """
    # Only here: weights need safetensors, which a registration without a network does without.
    from vpreg.networks.store import first_model_of, load_model
    from vpreg.solvers.network import NetworkSolver

    model, share = load_model(settings.model), settings.volume_share
    solver = NetworkSolver(model, settings.refine, settings.similarity, share)
    if not solver.model.network.mask_channel:
        return replace(stages, first=solver, goes_on=True)
    second = replace(solver, refinement=settings.volume.solver)
    stages = replace(stages, first=solver, second=second, goes_on=False)
    guide = first_model_of(settings.model)
    if guide is None:
        return stages
    first = replace(solver, model=guide, volume_share=1.0)
    find = partial(_find_and_show, stages.find_mismatch, mode=settings.mode)
    return replace(stages, first=first, find_mismatch=find)


def _find_and_show(
    find: Callable[[Prepared, torch.Tensor], Mismatch],
    prepared: Prepared,
    u: torch.Tensor,
    *,
    mode: Mode,
) -> Mismatch:
    """Find the mismatch, and what a network must see in its place, as it was trained."""
    return replace(find(prepared, u), seen_mask=mask_as_in_training(prepared, u, mode=mode))


def _stages_of_method(settings: Settings) -> Stages:
    if settings.method is Method.PAPER:
        # The published second stage is trained anew: where tissue is squeezed beyond the bound of
        # its penalty, the field of stage 1 would have no slope to leave (T14).
        solver = PenaltySolver(settings.paper)
        find = partial(find_paper_mismatch, mode=settings.mode)
        return Stages(solver, find, solver, goes_on=False)
    return Stages(
        first=PairSolver(settings.similarity),
        find_mismatch=partial(find_mismatch, mode=settings.mode, settings=settings.volume),
        second=PairSolver(settings.volume.solver, kept_start=settings.volume.kept_start),
        goes_on=True,
    )
