"""What a method brings to the two stages of a registration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import torch

from vpreg.images.image import Image
from vpreg.recipes.find_mismatch import Mismatch, find_mismatch
from vpreg.recipes.method import Method
from vpreg.recipes.paper_mismatch import find_paper_mismatch
from vpreg.recipes.prepare import Prepared
from vpreg.recipes.settings import Settings
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
    """Return the stages of the method that the settings choose."""
    if settings.method is Method.PAPER:
        # The published second stage is trained anew: where tissue is squeezed beyond the bound of
        # its penalty, the field of stage 1 would have no slope to leave (T14).
        solver = PenaltySolver(settings.paper)
        find = partial(find_paper_mismatch, mode=settings.mode)
        return Stages(solver, find, solver, goes_on=False)
    return Stages(
        first=PairSolver(settings.similarity),
        find_mismatch=partial(find_mismatch, mode=settings.mode, settings=settings.volume),
        second=PairSolver(settings.volume.solver),
        goes_on=True,
    )
