"""What to do when memory runs out: the same registration with less of it, then on the CPU."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import torch

from vpreg.progress import Progress
from vpreg.recipes.inputs import Inputs
from vpreg.recipes.result import Result
from vpreg.recipes.settings import Settings
from vpreg.solvers.pair_settings import PairSettings
from vpreg.solvers.penalty_settings import PenaltySettings
from vpreg.worker.failures import is_lack_of_memory

Register = Callable[[Inputs, Settings, Progress], Result]


@dataclass(frozen=True)
class Plan:
    """Settings to try, and what the reader of the result has to know about them."""

    settings: Settings
    warning: str | None = None


def register_within_memory(
    inputs: Inputs, settings: Settings, progress: Progress, *, register: Register
) -> Result:
    """Register by the first plan that the memory holds, and warn where it is not the first.

    Raises what the last plan raised, and anything that is no lack of memory at once.
    """
    *others, last = plans(settings)
    for plan in others:
        result = _tried(inputs, plan, progress, register)
        if result is not None:
            return _warned(result, plan)
        _release()
    return _warned(register(inputs, last.settings, progress), last)


def plans(settings: Settings) -> Iterator[Plan]:
    """Yield the settings, then leaner ones, then those for the CPU."""
    where = "this machine" if not computes_elsewhere(settings.device) else "the device"
    yield Plan(settings)
    yield Plan(
        without_finest_level(settings),
        f"Memory ran out on {where}: the scans were aligned on voxels twice as large, so small "
        "structures match less well. Crop the scans to align them at full resolution.",
    )
    if computes_elsewhere(settings.device):
        yield Plan(
            replace(settings, device="cpu"),
            "Memory ran out on the device: the scans were aligned on the CPU, which is slower.",
        )


def computes_elsewhere(device: str) -> bool:
    """Tell whether a word after `--device` means another device than the CPU."""
    if device != "auto":
        return device != "cpu"
    return torch.cuda.is_available() or torch.backends.mps.is_available()


def without_finest_level(settings: Settings) -> Settings:
    """Leave the finest level out of all solvers: it takes eight times the memory of the next."""
    volume = replace(settings.volume, solver=_coarser(settings.volume.solver))
    return replace(
        settings,
        similarity=_coarser(settings.similarity),
        volume=volume,
        paper=_coarser_penalty(settings.paper),
    )


def _coarser(solver: PairSettings) -> PairSettings:
    if len(solver.factors) == 1:
        return replace(solver, factors=(2 * solver.factors[0],))
    return replace(
        solver,
        factors=solver.factors[:-1],
        field_factors=solver.field_factors[:-1],
        iterations=solver.iterations[:-1],
    )


def _coarser_penalty(solver: PenaltySettings) -> PenaltySettings:
    if len(solver.factors) == 1:
        return replace(solver, factors=(2 * solver.factors[0],))
    return replace(solver, factors=solver.factors[:-1], iterations=solver.iterations[:-1])


def _tried(inputs: Inputs, plan: Plan, progress: Progress, register: Register) -> Result | None:
    # A function of its own: the error holds on to all tensors until it is let go of.
    try:
        return register(inputs, plan.settings, progress)
    except (RuntimeError, MemoryError) as error:
        if not is_lack_of_memory(error):
            raise
        return None


def _release() -> None:
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def _warned(result: Result, plan: Plan) -> Result:
    if plan.warning is None:
        return result
    made = result.provenance
    return replace(result, provenance=replace(made, warnings=[*made.warnings, plan.warning]))
