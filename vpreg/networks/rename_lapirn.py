"""From the names of LapIRN's checkpoints to ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

_OUTER = ("model_lvl2.model_lvl1.", "model_lvl2.", "")
"""The authors nest the coarser levels in the finer ones."""
_PARTS = {"input_encoder_lvl1": "encoder", "down_conv": "down", "up": "up", "output_lvl1": "head"}
_BLOCKS = "resblock_group_lvl1"
_HALVES = {"conv1": "first", "conv2": "second"}


def is_lapirn(tensors: Mapping[str, torch.Tensor]) -> bool:
    """Say whether the tensors are those of three nested levels."""
    return all(f"{outer}down_conv.weight" in tensors for outer in _OUTER)


def lapirn_state(
    tensors: Mapping[str, torch.Tensor],
) -> tuple[dict[str, torch.Tensor], dict[str, Any]]:
    """Return the tensors by our names, and the settings that their shapes tell."""
    state = {_ours(name): tensor for name, tensor in tensors.items() if not name.endswith(".grid")}
    channels, inputs = tensors["model_lvl2.model_lvl1.input_encoder_lvl1.0.weight"].shape[:2]
    return state, {"channels": int(channels), "mask_channel": int(inputs) == 3}


def _ours(name: str) -> str:
    level = next(n for n, outer in enumerate(_OUTER) if name.startswith(outer))
    part, *rest = name.removeprefix(_OUTER[level]).split(".")
    if part == _BLOCKS:
        # Activations take every second place in the authors' sequence.
        index, half, *rest = rest
        return ".".join([f"levels.{level}.blocks.{int(index) // 2}", _HALVES[half], *rest])
    return ".".join([f"levels.{level}.{_PARTS.get(part, part)}", *rest])
