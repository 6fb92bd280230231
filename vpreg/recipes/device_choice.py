"""Turn the word after `--device` into a device that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


def available_devices() -> list[str]:
    """Name the devices that the installed torch can use, the fastest first."""
    import torch

    cuda = [f"cuda:{n}" for n in range(torch.cuda.device_count())]
    mps = ["mps"] if torch.backends.mps.is_available() else []
    return [*cuda, *mps, "cpu"]


def choose_device(word: str) -> torch.device:
    """Return the device that a word names; ValueError that lists them when it is not there."""
    import torch

    present = available_devices()
    if word == "auto":
        return torch.device(present[0])
    if (f"{word}:0" if word == "cuda" else word) not in present:
        msg = f"Choose a device that this machine has, {', '.join(present)} or auto: not {word}."
        raise ValueError(msg)
    return torch.device(word)
