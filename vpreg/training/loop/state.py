"""All that a training needs to go on: one file, read without running anything in it."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from vpreg.files.whole_file import write_whole

STATE = "state.pt"
SCHEMA = "vpreg.training.2026-11"

Weights = dict[str, torch.Tensor]
Figures = dict[str, float]


@dataclass
class Best:
    """The network that did best on the validation pairs of its stage."""

    score: float
    step: int
    figures: Figures
    network: Weights


@dataclass
class State:
    """Where a training is. Steps count through all stages; random numbers depend on them alone."""

    settings: dict[str, str]
    """Every setting by its full name, as JSON."""
    step: int = 0
    stage: int = 0
    network: Weights | None = None
    """None before the first step of the first stage."""
    optimizer: dict[str, Any] | None = None
    best: Best | None = None
    history: list[dict[str, Any]] = field(default_factory=list)
    """The figures of every validation, with their step and stage."""
    skipped: int = 0
    """Steps whose loss was not finite."""
    skipped_in_a_row: int = 0
    seconds: float = 0.0
    stage_seconds: float = 0.0
    guide_sha256: str | None = None
    """Of the frozen first network."""
    log_bytes: int = 0
    """How long the log was: what came later is done again."""


def save_state(state: State, folder: Path) -> None:
    """Write the state of a training in place of the one before; OSError leaves that one."""
    content = {"schema": SCHEMA, **_shallow(state)}
    write_whole(folder / STATE, lambda file: torch.save(content, file))


def load_state(folder: Path) -> State | None:
    """Return the state kept in a folder, on the CPU; None if there is none, ValueError if damaged.

    Only tensors and plain values are read.
    """
    path = folder / STATE
    if not path.exists():
        return None
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
        return _state(content)
    except (RuntimeError, pickle.UnpicklingError, KeyError, TypeError, EOFError) as error:
        msg = f"Start anew by --force, or get {path} again: it is damaged or of another version."
        raise ValueError(msg) from error


def _state(content: dict[str, Any]) -> State:
    if content.pop("schema") != SCHEMA:
        raise KeyError(SCHEMA)
    best = content.pop("best")
    return State(**content, best=None if best is None else Best(**best))


def _shallow(state: State) -> dict[str, Any]:
    """Return the fields as they are: asdict would copy every tensor."""
    content = dict(vars(state))
    content["best"] = None if state.best is None else dict(vars(state.best))
    return content


def copy_weights(module: torch.nn.Module) -> Weights:
    """Return the weights of a module on the CPU, as they are now."""
    return {name: t.detach().to("cpu", copy=True) for name, t in module.state_dict().items()}
