"""From the names of VoxelMorph's checkpoints, of Keras 2018 and of 0.2 in PyTorch, to ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import torch

from vpreg.networks.architectures import Architecture

Tensors = Mapping[str, torch.Tensor]
State = dict[str, torch.Tensor]

_DENSE_PARTS = {"encoder": "down", "decoder": "up"}
_LAYERS_2018 = {
    10: Architecture.VOXELMORPH_1,
    11: Architecture.VOXELMORPH_2,
    9: Architecture.VOXELMORPH_DIFFEOMORPHIC,
}
"""How many convolutions each has before its flow."""


def is_keras_2018(tensors: Tensors) -> bool:
    """Say whether the layers are the numbered convolutions and the flow of the first networks."""
    return "flow.kernel" in tensors and len(_convolutions(tensors)) in _LAYERS_2018


def keras_architecture(tensors: Tensors) -> Architecture:
    """Return which network of 2018 it is."""
    return _LAYERS_2018[len(_convolutions(tensors))]


def keras_state(tensors: Tensors) -> State:
    """Return the tensors by our names; Keras numbers convolutions in the order they were made."""
    layers = _convolutions(tensors)
    probabilistic = "log_sigma.kernel" in tensors
    places = [f"unet.down.{n}" for n in range(4)] + [f"unet.up.{n}" for n in range(3)]
    places += [f"unet.at_half.{n}" for n in range(2)]
    places += [f"unet.full.{n}" for n in range(len(layers) - len(places))]
    named = dict(zip(layers, places, strict=True))
    named["flow"] = "mean" if probabilistic else "flow"
    named["log_sigma"] = "log_variance"
    endings = {"kernel": "weight", "bias": "bias"}
    state = {}
    for name, tensor in tensors.items():
        layer, _, ending = name.rpartition(".")
        state[f"{named.get(layer, layer)}.{endings.get(ending, ending)}"] = tensor
    return state


def _convolutions(tensors: Tensors) -> list[str]:
    layers = {name.rpartition(".")[0] for name in tensors}
    numbered = [layer for layer in layers if re.fullmatch(r"conv3d_\d+", layer)]
    return sorted(numbered, key=lambda layer: int(layer.rpartition("_")[2]))


def is_dense(tensors: Tensors) -> bool:
    """Say whether the tensors are those of VoxelMorph 0.2."""
    return "flow.weight" in tensors and "unet_model.encoder.0.0.main.weight" in tensors


def dense_state(tensors: Tensors, settings: Mapping[str, Any]) -> tuple[State, dict[str, Any]]:
    """Return the tensors by our names, and settings; ValueError for what we do not build.

    Sampling grids were saved with the weights; they are made anew for every shape.
    """
    if settings.get("unet_half_res") or settings.get("nb_unet_conv_per_level", 1) != 1:
        msg = "Give a checkpoint with one convolution a level and a decoder up to full resolution."
        raise ValueError(msg)
    state: State = {}
    for name, tensor in tensors.items():
        if not name.endswith(".grid"):
            state[_dense_name(name)] = tensor
    inputs = int(state["unet.down.0.weight"].shape[1])
    found = {
        "encoder": _widths(state, "unet.down"),
        "decoder": [*_widths(state, "unet.up"), *_widths(state, "unet.full")],
        "steps": int(settings.get("int_steps", 7)),
        "shrink": int(settings.get("int_downsize", 2)),
        "mask_channel": inputs == 3,
    }
    return state, found


def _dense_name(name: str) -> str:
    # encoder.LEVEL.0.main.weight and remaining.INDEX.main.weight
    words = name.removeprefix("unet_model.").split(".")
    if words[0] in _DENSE_PARTS:
        return f"unet.{_DENSE_PARTS[words[0]]}.{words[1]}.{words[-1]}"
    if words[0] == "remaining":
        return f"unet.full.{words[1]}.{words[-1]}"
    return name


def _widths(state: State, part: str) -> list[int]:
    widths: list[int] = []
    while f"{part}.{len(widths)}.weight" in state:
        widths.append(int(state[f"{part}.{len(widths)}.weight"].shape[0]))
    return widths
