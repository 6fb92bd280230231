"""The loss of a network on one pair."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.networks.network import Network
from vpreg.training.loss.guidance import Guidance
from vpreg.training.loss.loss_settings import LossSettings
from vpreg.training.training_pair import TrainingPair


@dataclass(frozen=True)
class Losses:
    """The loss to differentiate, and its parts before their weights, detached, to show."""

    total: torch.Tensor
    parts: dict[str, torch.Tensor]


def network_loss(
    network: Network,
    pair: TrainingPair,
    settings: LossSettings,
    *,
    guidance: Guidance | None = None,
    volume_share: float | None = None,
    level: int | None = None,
) -> Losses:
    """Return the loss of one pass of the network.

    `guidance` is needed for a volume weight above 0. `volume_share` (0 to 1) is for conditional
    settings: draw it anew at every step; it scales the volume weight and the mask alike. `level`
    trains the first levels of a pyramid alone (see LevelSchedule); None is the whole network.
    """
    raise NotImplementedError
