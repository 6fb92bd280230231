"""Find out what a training will need, without writing anything."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import torch

from vpreg.networks.network import FieldNetwork
from vpreg.networks.store import load_model
from vpreg.networks.voxelmorph import parameter_count
from vpreg.training.data.open_pairs import open_pairs
from vpreg.training.loop.begin_stage import new_network
from vpreg.training.loop.learner import Learner
from vpreg.training.loop.lessons import Lessons, make_lessons
from vpreg.training.loop.machine import start_fabric
from vpreg.training.loop.stages import Stage, StageKind, plan_stages
from vpreg.training.loop.validate import validate
from vpreg.training.loss.guide import Guide
from vpreg.training.settings import TrainingSettings
from vpreg.training.training_pair import PairSource, TrainingPair

if TYPE_CHECKING:
    from lightning_fabric import Fabric

TIMED_STEPS = 3


@dataclass(frozen=True)
class StageNeeds:
    """What a stage will need on this machine and one device of it."""

    stage: Stage
    parameters: int
    pair_seconds: float
    """To make one pair, which goes on while the network learns."""
    step_seconds: float
    validation_seconds: float
    memory_bytes: int | None
    """The most a step takes; None where the system does not tell."""
    seconds: float
    """All steps and validations, as if the last level of a pyramid were trained throughout."""


def rehearse(
    settings: TrainingSettings, *, progress: Callable[[float], None] | None = None
) -> list[StageNeeds]:
    """Check all the data, then time a few steps of every stage.

    ValueError with a sentence for whatever training would refuse.
    """
    one = replace(settings, machine=replace(settings.machine, devices=1, nodes=1))
    fabric = start_fabric(one.machine)
    source = open_pairs(one.data, device=fabric.device, progress=progress)
    stages = plan_stages(one.stages, name=one.name)
    return [_stage_needs(one, stage, fabric, source) for stage in stages]


def _stage_needs(
    settings: TrainingSettings, stage: Stage, fabric: Fabric, source: PairSource
) -> StageNeeds:
    begin = time.monotonic()
    made = source.pair(stage.first_step)
    pair_seconds = time.monotonic() - begin
    pair = made.to(fabric.device)
    network = new_network(settings, stage)
    lessons = make_lessons(settings, stage, network, _guide(settings, stage, fabric))
    learner = Learner(network, settings, fabric)
    memory, step_seconds = _time_steps(learner, lessons, pair, settings.optimizer.batch)
    begin = time.monotonic()
    validate(network, [pair], lessons, home=source.home, device=fabric.device)
    validation = (time.monotonic() - begin) * len(source.validation_pairs())
    # Pairs are made beside the steps: whichever is slower counts.
    slower = max(step_seconds, pair_seconds * settings.optimizer.batch)
    times = stage.steps // settings.validation.every + 1
    return StageNeeds(
        stage=stage,
        parameters=parameter_count(network),
        pair_seconds=pair_seconds,
        step_seconds=step_seconds,
        validation_seconds=validation,
        memory_bytes=memory,
        seconds=stage.steps * slower + times * validation,
    )


def _time_steps(
    learner: Learner, lessons: Lessons, pair: TrainingPair, batch: int
) -> tuple[int | None, float]:
    """Return the memory and the seconds of a step at the finest level."""
    last = lessons.stage.end - 1
    device = pair.fixed.device
    level = lessons.begin(learner.network, last)

    def step() -> None:
        losses = (lessons.loss(pair, step=last, level=level) for _ in range(batch))
        learner.learn(losses, batch, step=last)

    memory = _peak_bytes(step, device)
    begin = time.monotonic()
    for _ in range(TIMED_STEPS):
        step()
    return memory, (time.monotonic() - begin) / TIMED_STEPS


def _peak_bytes(work: Callable[[], None], device: torch.device) -> int | None:
    """Return the most memory in use during some work: on a GPU, else of this process."""
    if device.type == "cuda":
        torch.cuda.reset_peak_memory_stats(device)
        work()
        return torch.cuda.max_memory_allocated(device)
    work()
    if sys.platform == "win32":
        return None
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _guide(settings: TrainingSettings, stage: Stage, fabric: Fabric) -> Guide | None:
    """Return a guide as slow as the real one, whose network may not have learned anything yet."""
    if stage.kind is StageKind.SIMILARITY:
        return None
    first: FieldNetwork
    if settings.stages.first is not None:
        first = load_model(settings.stages.first).network
    else:
        first = new_network(settings, plan_stages(settings.stages, name=settings.name)[0])
    return Guide(first.to(fabric.device), settings.data.home, settings.guide)
