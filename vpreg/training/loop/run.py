"""What the parts of a running training share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from vpreg.training.loop.events import Event, Listener
from vpreg.training.loop.keeper import Keeper
from vpreg.training.loop.log import Log
from vpreg.training.loop.state import State
from vpreg.training.settings import TrainingSettings
from vpreg.training.training_pair import PairSource

if TYPE_CHECKING:
    from lightning_fabric import Fabric


class Stopped(Exception):  # noqa: N818 - it is a wish of the user, not an error
    """The training stopped as it was asked to, and its state was kept."""

    def __init__(self, step: int) -> None:
        super().__init__(f"Stopped after step {step}.")
        self.step = step


@dataclass(frozen=True)
class Run:
    """A training under way in this process; only the first process writes and tells."""

    settings: TrainingSettings
    fabric: Fabric
    source: PairSource
    keeper: Keeper
    state: State
    log: Log | None
    listener: Listener
    stop_wanted: Callable[[], bool]

    def tell(self, event: Event) -> None:
        """Write an event into the log and tell whoever watches."""
        if self.log is None:
            return
        with self.keeper.writing():
            self.log.hear(event)
        self.listener(event)

    def must_stop(self) -> bool:
        """Tell whether a user wants to stop; all processes agree."""
        wanted = self.stop_wanted()
        if self.fabric.world_size == 1:
            return wanted
        told = self.fabric.all_reduce(torch.tensor(float(wanted)), reduce_op="max")
        return bool(told)
