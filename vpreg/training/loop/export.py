"""Turn a trained network into a model with a card."""

from __future__ import annotations

import math
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch

import vpreg
from vpreg.networks.model_card import ModelCard
from vpreg.networks.store import save_model
from vpreg.training.config.check_fit import network_choices
from vpreg.training.config.plain import settings_hash, to_plain
from vpreg.training.loop.describe_data import describe_data
from vpreg.training.loop.run import Run
from vpreg.training.loop.stages import Stage, StageKind
from vpreg.training.loop.state import State, Weights


def export_stage(run: Run, stage: Stage) -> Path:
    """Write the model of a finished stage beside its state; ValueError where it cannot be written.

    It is the network that did best on the validation pairs, or the last one without them.
    """
    with run.keeper.writing():
        weights, card = best_weights(run.state), make_card(run, stage)
        return save_model(weights, card, run.keeper.folder, replace_old=True)


def best_weights(state: State) -> Weights:
    """Return the weights to use."""
    if state.best is not None:
        return state.best.network
    return state.network or {}


def make_card(run: Run, stage: Stage) -> ModelCard:
    """Return the card of the network of a stage."""
    settings, best = run.settings, run.state.best
    return ModelCard(
        name=stage.model,
        architecture=settings.network.architecture,
        settings=network_choices(settings, mask_channel=stage.kind is StageKind.VOLUME),
        home=run.source.home,
        weights_sha256="",
        licence=settings.licence,
        source=f"trained by vpreg {vpreg.__version__}",
        expects=settings.expects,
        training=_training(run, stage),
        metrics={} if best is None else _known({"loss": best.score, **best.figures}),
    )


def _training(run: Run, stage: Stage) -> dict[str, Any]:
    """Return where the weights come from: data, settings, machine, and how long it took."""
    state, settings = run.state, run.settings
    volume = stage.kind is StageKind.VOLUME
    return {
        "stage": stage.kind.value,
        "steps": stage.steps,
        "best_step": None if state.best is None else state.best.step,
        "skipped_steps": state.skipped,
        "seconds": round(state.stage_seconds, 1),
        "conditional_volume": volume and settings.loss.conditional,
        "first_network_sha256": state.guide_sha256,
        "data": describe_data(run.source, pairs=_pairs(run)),
        "settings": to_plain(settings),
        "settings_sha256": settings_hash(state.settings),
        "device": device_name(run.fabric.device),
        "processes": run.fabric.world_size,
        "versions": versions(),
    }


def _pairs(run: Run) -> int:
    """Return how many pairs were drawn up to the end of the stage."""
    return run.state.step * run.settings.optimizer.batch * run.fabric.world_size


def versions() -> dict[str, str]:
    """Return what computed it."""
    return {
        "vpreg": vpreg.__version__,
        "torch": torch.__version__,
        "lightning-fabric": version("lightning-fabric"),
    }


def device_name(device: torch.device) -> str:
    """Return the kind of a device, and its name where it has one."""
    return torch.cuda.get_device_name(device) if device.type == "cuda" else device.type


def _known(figures: dict[str, float]) -> dict[str, float | None]:
    """Return null for what cannot be known."""
    return {name: value if math.isfinite(value) else None for name, value in figures.items()}
