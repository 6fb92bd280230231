"""The loss of a network on one pair."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from vpreg.networks.network import Network, Prediction
from vpreg.networks.pyramid import PyramidNetwork, as_pyramid
from vpreg.training.loss.guidance import Guidance, third_input
from vpreg.training.loss.level_pair import level_pair
from vpreg.training.loss.loss_parts import loss_parts
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
    The network may run in 16 bits under autocast; the loss itself never does (T36).
    """
    share = _checked_share(settings, volume_share, guidance)
    pyramid = as_pyramid(network)
    prediction = _predict(network, pair, guidance, share=share, level=level)
    with torch.autocast(pair.fixed.device.type, enabled=False):
        seen = level_pair(pair, guidance, volume_share=share, pyramid=pyramid, level=level)
        weight = settings.volume_weight * share * _ramp(pyramid, level)
        weighted = loss_parts(prediction, seen, settings, volume_weight=weight)
    total = torch.stack([weight * value for weight, value in weighted.values()]).sum()
    return Losses(total, {name: value.detach() for name, (_, value) in weighted.items()})


def _checked_share(
    settings: LossSettings, volume_share: float | None, guidance: Guidance | None
) -> float:
    if settings.volume_weight > 0 and guidance is None:
        msg = "Give the guidance of a first network, or a volume weight of 0: one needs the other."
        raise ValueError(msg)
    if volume_share is None:
        return 1.0
    if not settings.conditional:
        msg = "Leave the volume share out, or choose a conditional loss: only that has one."
        raise ValueError(msg)
    if not 0 <= volume_share <= 1:
        msg = f"Give a volume share from 0 to 1: {volume_share} is not."
        raise ValueError(msg)
    return volume_share


def _predict(
    network: Network,
    pair: TrainingPair,
    guidance: Guidance | None,
    *,
    share: float,
    level: int | None,
) -> Prediction:
    third = third_input(network, guidance, volume_share=share)
    if level is None:
        return network(pair.fixed, pair.moving, third)
    pyramid = as_pyramid(network)
    if pyramid is None:
        msg = "Train this network as a whole: it has no levels to train one by one."
        raise ValueError(msg)
    return pyramid(pair.fixed, pair.moving, third, levels=level)


def _ramp(pyramid: PyramidNetwork | None, level: int | None) -> float:
    """Return how much volume counts at a level: a lesion is hardly there on a coarse grid (§2.12).

    Nothing on the coarsest, all on the finest.
    """
    if pyramid is None or level is None:
        return 1.0
    return (level - 1) / max(1, len(pyramid.level_modules()) - 1)
