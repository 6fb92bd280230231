"""A training that takes milliseconds a step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch

from vpreg.networks.home_grid import HomeGrid
from vpreg.training.config.read_config import parse_config
from vpreg.training.data.lazy_pairs import LazyPairs
from vpreg.training.loop.events import Event
from vpreg.training.loop.train import train
from vpreg.training.settings import TrainingSettings
from vpreg.training.training_pair import TrainingPair

SHAPE = (16, 16, 16)
CONFIG = """
name = "tiny"
{top}
[network]
architecture = "voxelmorph-1"
encoder = [2, 4, 4, 4]
decoder = [4, 4, 4, 4, 4, 2]
[data]
home_shape = [32, 32, 32]
home_spacing_mm = [4.0, 4.0, 4.0]
validation_pairs = 1
{data}
[stages]
{stages}
[optimizer]
learning_rate = 1e-3
{optimizer}
[machine]
accelerator = "cpu"
{machine}
[validation]
every = 3
[checkpoints]
every = 2
[loss]
similarity = "mean-squares"
{loss}
"""


def tiny_settings(
    folder: Path, *, stages: str = "similarity = 6", **tables: str
) -> TrainingSettings:
    return parse_config(tiny_config(stages=stages, **tables), folder=folder)


def tiny_config(*, stages: str, **tables: str) -> str:
    names = ("top", "data", "optimizer", "machine", "loss")
    return CONFIG.format(stages=stages, **{name: tables.get(name, "") for name in names})


@dataclass
class Blobs:
    """Blurred noise and a shifted copy; `broken` steps hold NaN, `unreadable` ones raise."""

    home: HomeGrid
    labels: tuple[int, ...] = ()
    broken: frozenset[int] = frozenset()
    unreadable: frozenset[int] = frozenset()
    asked: list[int] = field(default_factory=list)

    def pair(self, step: int) -> TrainingPair:
        self.asked.append(step)
        if step in self.unreadable:
            msg = "Copy the scan again: it cannot be read."
            raise ValueError(msg)
        return blob_pair(step, broken=step in self.broken)

    def validation_pairs(self) -> Sequence[TrainingPair]:
        return LazyPairs(1, lambda number: blob_pair(10**6 + number))


def blob_pair(seed: int, *, broken: bool = False) -> TrainingPair:
    noise = torch.rand((1, 1, *SHAPE), generator=torch.Generator().manual_seed(seed))
    fixed = torch.nn.functional.avg_pool3d(noise, 5, stride=1, padding=2)
    moving = fixed.roll(1, dims=2)
    if broken:
        moving = moving * torch.nan
    organ = torch.ones_like(fixed)
    return TrainingPair(
        (f"f{seed}", f"m{seed}"), fixed, moving, fixed_organ=organ, moving_organ=organ
    )


@dataclass
class Watched:
    """What a training told, and the models that came of it."""

    events: list[Event]
    models: list[Path]
    source: Blobs


def run_training(
    settings: TrainingSettings,
    folder: Path,
    *,
    stop_after: int | None = None,
    replace: bool = False,
    source: Blobs | None = None,
) -> Watched:
    """Train on blobs; ask to stop after a number of steps made in this run."""
    blobs = source or Blobs(settings.data.home)
    watched = Watched([], [], blobs)

    def stop_wanted() -> bool:
        made = [event for event in watched.events if type(event).__name__ == "StepDone"]
        return stop_after is not None and len(made) >= stop_after

    watched.models = train(
        settings,
        folder,
        listener=watched.events.append,
        stop_wanted=stop_wanted,
        replace=replace,
        open_source=lambda *_: blobs,
    )
    return watched
