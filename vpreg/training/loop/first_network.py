"""The frozen first network of the volume-preserving stage."""

from __future__ import annotations

from pathlib import Path

import torch

from vpreg.networks.home_grid import HomeGrid
from vpreg.networks.store import WEIGHTS, Model, load_model
from vpreg.training.loop.stages import Stage, StageKind, plan_stages
from vpreg.training.loss.guide import Guide
from vpreg.training.settings import TrainingSettings


def first_model(settings: TrainingSettings, folder: Path) -> Model:
    """Return the model that is given, or the one that the stage before made in this folder."""
    given = settings.stages.first
    if given is not None:
        model = load_model(given)
        _check_home(model, settings.data.home)
        return model
    made = plan_stages(settings.stages, name=settings.name)[0].model
    return load_model(str(folder / f"{made}{WEIGHTS}"))


def make_guide(
    settings: TrainingSettings, stage: Stage, folder: Path, *, device: torch.device
) -> tuple[Guide | None, str | None]:
    """Return what finds the soft masks of a stage and the hash of its weights, if it needs one."""
    if stage.kind is StageKind.SIMILARITY:
        return None, None
    model = first_model(settings, folder)
    network = model.network.to(device)
    return Guide(network, settings.data.home, settings.guide), model.card.weights_sha256


def check_guide(now: str | None, before: str | None) -> None:
    """Raise ValueError if a stage would go on with another first network."""
    if before is not None and now != before:
        msg = (
            "Bring back the first network that this stage began with, or start anew by --force: "
            "its weights have changed."
        )
        raise ValueError(msg)


def _check_home(model: Model, home: HomeGrid) -> None:
    name = model.card.name
    if any(n % model.network.divisor for n in home.shape):
        msg = f"Write multiples of {model.network.divisor} for home_shape: {name} needs them."
        raise ValueError(msg)
    if model.network.mask_channel:
        msg = f"Choose a first network without a mask channel: {name} has one."
        raise ValueError(msg)
