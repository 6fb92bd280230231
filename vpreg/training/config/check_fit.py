"""Check what no table can know alone: that network, home grid and stages fit each other."""

from __future__ import annotations

import re

import torch

from vpreg.networks.architectures import Architecture, build_network
from vpreg.networks.network import FieldNetwork
from vpreg.training.settings import NetworkSettings, TrainingSettings

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_WITH_HOME = (
    Architecture.LAPIRN_DISPLACEMENT,
    Architecture.LAPIRN_DIFFEOMORPHIC,
    Architecture.LAPIRN_HALVED,
)


def check_fit(settings: TrainingSettings) -> None:
    """Raise ValueError with one sentence for the first thing that does not fit another."""
    if not _NAME.fullmatch(settings.name):
        msg = f'Write a name of letters, digits, dots and dashes: "{settings.name}" is none.'
        raise ValueError(msg)
    with torch.device("meta"):
        network = build(settings, mask_channel=False)
    shape = settings.data.home_shape
    if any(n % network.divisor for n in shape):
        msg = (
            f"Write multiples of {network.divisor} for home_shape in [data], which "
            f"{settings.network.architecture.value} needs: {list(shape)} are not."
        )
        raise ValueError(msg)
    if settings.stages.volume and settings.loss.volume_weight == 0:
        msg = "Write a volume_weight above 0 in [loss], or no steps for volume in [stages]."
        raise ValueError(msg)


def build(settings: TrainingSettings, *, mask_channel: bool) -> FieldNetwork:
    """Return an untrained network; ValueError names what it does not know."""
    choices = network_choices(settings, mask_channel=mask_channel)
    try:
        return build_network(settings.network.architecture, choices)
    except ValueError as error:
        cause = error.__cause__ or error
        msg = f"Correct the settings of the network in [network]: {cause}."
        raise ValueError(msg) from error


def network_choices(settings: TrainingSettings, *, mask_channel: bool) -> dict[str, object]:
    """Return what the network is built with, as the card of the model names it."""
    of_config: NetworkSettings = settings.network
    choices: dict[str, object] = {**of_config.choices, "mask_channel": mask_channel}
    if of_config.architecture in _WITH_HOME:
        choices["home_shape"] = list(settings.data.home_shape)
    return choices
