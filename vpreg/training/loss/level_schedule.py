"""Which levels of a pyramid are trained when (Mok and Chung, 2020; methods §6.2)."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import NamedTuple

from torch import nn

from vpreg.networks.lapirn import LEVELS
from vpreg.networks.pyramid import as_pyramid

SHARES = (0.25, 0.25, 0.5)
"""Of the steps, as published: 30 001, 30 001 and 60 001."""
FREEZE_STEPS = 2000


class Phase(NamedTuple):
    """What a step trains."""

    level: int | None
    """The last level that runs, from 1; None is the whole network."""
    frozen: bool
    """Whether the levels below stay as they are."""


@dataclass(frozen=True)
class LevelSchedule:
    """How many steps each level is the last one, coarse to fine; one entry: all at once.

    For the first `freeze_steps` of a level those below are frozen; then all learn together.
    """

    steps: tuple[int, ...]
    freeze_steps: int = FREEZE_STEPS

    def __post_init__(self) -> None:
        if len(self.steps) not in (1, LEVELS) or min(self.steps) < 0:
            msg = f"Give the steps of {LEVELS} levels, or of one: {self.steps} are neither."
            raise ValueError(msg)
        if self.freeze_steps < 0:
            msg = f"Give a number of 0 or more freeze_steps: {self.freeze_steps} is not."
            raise ValueError(msg)

    def at(self, step: int) -> Phase:
        """Return what a step, counted from 0, trains; beyond the last it is the finest level."""
        if len(self.steps) == 1:
            return Phase(level=None, frozen=False)
        starts = [0, *itertools.accumulate(self.steps[:-1])]
        level = max(n for n, start in enumerate(starts, 1) if start <= step)
        return Phase(level, frozen=level > 1 and step - starts[level - 1] < self.freeze_steps)

    def apply(self, network: nn.Module, step: int) -> Phase:
        """Let exactly those parameters learn that the step trains, and return its phase.

        The others lose their gradients, so that no optimiser moves them by its momentum.
        """
        phase = self.at(step)
        pyramid = as_pyramid(network)
        if phase.level is None or pyramid is None:
            return Phase(level=None, frozen=False)
        for number, module in enumerate(pyramid.level_modules(), 1):
            _let_learn(module, number == phase.level or (number < phase.level and not phase.frozen))
        return phase


def level_schedule(
    network: nn.Module, steps: int, *, freeze_steps: int | None = None
) -> LevelSchedule:
    """Return the published shares of so many steps, for a pyramid; one level for other networks.

    Without `freeze_steps` a level below is frozen for the published share of its own steps.
    """
    if as_pyramid(network) is None:
        return LevelSchedule((steps,))
    first, second = (round(steps * share) for share in SHARES[:2])
    parts = (first, second, steps - first - second)
    frozen = min(FREEZE_STEPS, first // 15) if freeze_steps is None else freeze_steps
    return LevelSchedule(parts, frozen)


def _let_learn(module: nn.Module, learning: bool) -> None:
    for parameter in module.parameters():
        parameter.requires_grad_(learning)
        if not learning:
            parameter.grad = None
