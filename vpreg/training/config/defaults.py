"""What a config need not say: the settings that the networks were published with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from vpreg.networks.architectures import Architecture
from vpreg.training.config.table import Place, read_table
from vpreg.training.config.value import read_value
from vpreg.training.loss.loss_kinds import SimilarityKind
from vpreg.training.loss.loss_settings import LossSettings
from vpreg.training.loss.published_settings import PAPER_VOLUME_WEIGHT, published_loss_settings
from vpreg.training.settings import NetworkSettings

VOXELMORPH_STEPS = 150_000
"""1500 epochs of 100 (methods §5.1)."""
LAPIRN_STEPS = 120_000
"""30 000, 30 000 and 60 000 for its levels (methods §6.2)."""
PAPER_STEPS = 100_000
"""5 epochs of 20 000 (methods §2.5)."""
PAPER_OPTIMIZER = {"learning_rate": 1e-4, "weight_decay": 1e-4, "batch": 4}
PLAIN_OPTIMIZER = {"learning_rate": 1e-4, "weight_decay": 0.0, "batch": 1}
_OF_THE_PAPER = (Architecture.VTN, Architecture.TRANSMORPH)


def fill_in(content: Mapping[str, Any], network: NetworkSettings) -> dict[str, Any]:
    """Return the config with the published loss, optimizer and steps, where it has none."""
    filled = dict(content)
    filled["network"] = network
    paper = network.architecture in _OF_THE_PAPER
    optimizer = PAPER_OPTIMIZER if paper else PLAIN_OPTIMIZER
    filled["optimizer"] = _under(optimizer, content.get("optimizer", {}))
    stages = content.get("stages", {})
    if isinstance(stages, Mapping) and "first" not in stages:
        stages = _under({"similarity": published_steps(network.architecture)}, stages)
    filled["stages"] = stages
    filled["data"] = _under({"seed": content.get("seed", 0)}, content.get("data", {}))
    volume = isinstance(stages, Mapping) and bool(stages.get("volume"))
    filled["loss"] = _loss(content.get("loss", {}), network.architecture, volume=volume)
    return filled


def published_steps(architecture: Architecture) -> int:
    """Return how many steps the authors of a network trained it for."""
    if architecture in _OF_THE_PAPER:
        return PAPER_STEPS
    return LAPIRN_STEPS if architecture.value.startswith("lapirn") else VOXELMORPH_STEPS


def _under(defaults: Mapping[str, Any], table: object) -> object:
    """Return a table over its defaults; what is no table is told by whoever reads it."""
    return {**defaults, **table} if isinstance(table, Mapping) else table


def _loss(table: object, architecture: Architecture, *, volume: bool) -> object:
    """Return the loss that was published with a network, but for what the table says."""
    place = Place("loss", Path())
    kind = None
    if isinstance(table, Mapping) and "similarity" in table:
        key = f"similarity {place.words}"
        kind = read_value(SimilarityKind, table["similarity"], key=key, folder=place.folder)
    own = published_loss_settings(architecture, kind)
    if volume:
        own = replace(own, volume_weight=PAPER_VOLUME_WEIGHT)
    return read_table(LossSettings, table, place, defaults=vars(own))
