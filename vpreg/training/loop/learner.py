"""A network that learns: one step after the other."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from vpreg.networks.network import FieldNetwork
from vpreg.training.data.draws import Stream, seed_of
from vpreg.training.loss.network_loss import Losses
from vpreg.training.settings import TrainingSettings

if TYPE_CHECKING:
    from lightning_fabric import Fabric

LossOf = Callable[[FieldNetwork], Losses]
"""The loss of a network on a pair; Fabric looks into data, but not into functions."""


class LossModule(nn.Module):
    """The pass of a network and its loss as one module, as processes that share it need it."""

    def __init__(self, network: FieldNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, loss_of: LossOf) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
        """Return the loss and its parts."""
        losses = loss_of(self.network)
        return losses.total, losses.parts


@dataclass(frozen=True)
class Outcome:
    """What a step came to: means over its pairs."""

    loss: float
    parts: dict[str, float]
    skipped: bool


class Learner:
    """A network, its optimizer and Fabric; `learn` makes a step."""

    def __init__(self, network: FieldNetwork, settings: TrainingSettings, fabric: Fabric) -> None:
        choices = settings.optimizer
        self.network = network
        self._fabric = fabric
        self._seed = settings.seed
        if settings.machine.channels_last:
            network.to(memory_format=torch.channels_last_3d)  # type: ignore[call-overload]
        if settings.machine.compile:
            network.compile()
        optimizer = torch.optim.Adam(
            network.parameters(), lr=choices.learning_rate, weight_decay=choices.weight_decay
        )
        # Fabric's wrappers have the types of what they wrap only at run time.
        self._module: Any
        self.optimizer: Any
        self._module, self.optimizer = fabric.setup(LossModule(network), optimizer)

    def learn(self, losses: Iterable[LossOf], count: int, *, step: int) -> Outcome:
        """Make one step with the mean gradient of the losses of so many pairs.

        Where loss or gradient are not finite the step is skipped and the network stays as it is.
        """
        self.network.train()
        self._seed_everything(step)
        self.optimizer.zero_grad(set_to_none=True)
        rows = []
        for turn, loss_of in enumerate(losses):
            with self._hold_back(last=turn == count - 1):
                total, parts = self._module(loss_of)
                self._fabric.backward(total / count)
            rows.append({"loss": total.detach(), **parts})
        return self._finish(_means(rows))

    def _finish(self, means: dict[str, float]) -> Outcome:
        loss = means.pop("loss")
        skipped = not (math.isfinite(loss) and self._has_finite_gradient())
        if self._fabric.world_size > 1:
            # All processes must do the same, or their networks part.
            skipped = bool(self._fabric.all_reduce(torch.tensor(float(skipped)), reduce_op="max"))
        if not skipped:
            self.optimizer.step()
        return Outcome(loss, means, skipped)

    def _seed_everything(self, step: int) -> None:
        """Let dropout and samples depend on the step alone: resuming needs no generator's state."""
        rank = self._fabric.global_rank
        torch.manual_seed(seed_of(self._seed, Stream.PAIR, f"network {step} {rank}"))

    def _hold_back(self, *, last: bool) -> AbstractContextManager[Any]:
        """Let processes exchange gradients after the last pair of a step only."""
        if last or self._fabric.world_size == 1:
            return nullcontext()
        held: AbstractContextManager[Any] = self._fabric.no_backward_sync(self._module)
        return held

    def _has_finite_gradient(self) -> bool:
        norms = [p.grad.norm() for p in self.network.parameters() if p.grad is not None]
        return not norms or bool(torch.stack(norms).isfinite().all())


def _means(rows: Sequence[dict[str, torch.Tensor]]) -> dict[str, float]:
    """Return the mean of each figure with one transfer from the device."""
    names = list(rows[0])
    table = torch.stack([torch.stack([row[name].float() for name in names]) for row in rows])
    return dict(zip(names, table.mean(0).tolist(), strict=True))
