"""Read the checkpoints of others without running anything that is in them."""

from __future__ import annotations

import importlib
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch


@dataclass(frozen=True)
class Checkpoint:
    """Tensors by the authors' names, in the authors' order, and the settings kept with them."""

    tensors: dict[str, torch.Tensor]
    settings: Mapping[str, Any] = field(default_factory=dict)


def read_checkpoint(path: Path) -> Checkpoint:
    """Read a PyTorch (.pth, .pt, .ckpt) or Keras (.h5) file; ValueError for whatever is wrong.

    A PyTorch file that needs more than tensors and plain values is refused: its pickle could run
    any code.
    """
    if not path.is_file():
        msg = f"Check the path of the checkpoint: {path} is no file."
        raise ValueError(msg)
    if path.suffix.lower() in (".h5", ".hdf5", ".keras"):
        return Checkpoint(_read_keras(path))
    return _read_torch(path)


def _read_torch(path: Path) -> Checkpoint:
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        msg = (
            f"Ask for the weights of {path.name} as tensors alone: it is no PyTorch checkpoint, or "
            "holds objects that could run code when they are read, so it was not read."
        )
        raise ValueError(msg) from error
    except (RuntimeError, EOFError, KeyError, ValueError) as error:
        msg = f"Get {path.name} again: it cannot be read ({error})."
        raise ValueError(msg) from error
    settings = content.get("config", {}) if isinstance(content, Mapping) else {}
    tensors = content
    for inner in ("model_state", "state_dict", "model_state_dict"):
        if isinstance(content, Mapping) and isinstance(content.get(inner), Mapping):
            tensors = content[inner]
    if not isinstance(tensors, Mapping) or not _all_tensors(tensors):
        msg = f"Give a checkpoint that is a dictionary of tensors: {path.name} is none."
        raise ValueError(msg)
    return Checkpoint({str(name): t for name, t in tensors.items()}, settings)


def _all_tensors(content: Mapping[Any, Any]) -> bool:
    return bool(content) and all(isinstance(value, torch.Tensor) for value in content.values())


def _read_keras(path: Path) -> dict[str, torch.Tensor]:
    try:
        h5py = importlib.import_module("h5py")
    except ModuleNotFoundError as error:
        msg = "Install h5py to read checkpoints of Keras: pip install h5py."
        raise ValueError(msg) from error
    tensors: dict[str, torch.Tensor] = {}
    try:
        with h5py.File(path, "r") as file:
            group = file.get("model_weights", file)
            for layer in group.attrs["layer_names"]:
                for weight in group[layer].attrs["weight_names"]:
                    name = _text(weight)
                    values = np.asarray(group[layer][name])
                    part = name.rpartition("/")[2].partition(":")[0]
                    tensors[f"{_text(layer)}.{part}"] = _like_torch(values)
    except (OSError, KeyError) as error:
        msg = f"Get {path.name} again: it is no file of Keras weights ({error})."
        raise ValueError(msg) from error
    return tensors


def _text(name: str | bytes) -> str:
    return name.decode() if isinstance(name, bytes) else name


def _like_torch(values: np.ndarray) -> torch.Tensor:
    """Turn a kernel (K, J, I, in, out) into (out, in, K, J, I); biases stay."""
    tensor = torch.from_numpy(values)
    return tensor.permute(4, 3, 0, 1, 2).contiguous() if tensor.ndim == 5 else tensor
