"""From what the user chose to the settings of the engine."""

from __future__ import annotations

import sys
from typing import Any, Protocol

from VolumePreservingRegLib.panel.choices import Affine, Device, Method, Mode, Similarity
from VolumePreservingRegLib.panel.levels import solver_levels


class Choices(Protocol):
    """The part of the parameter node that the engine's settings come from."""

    preset: str
    mode: Mode
    device: Device
    affine: Affine
    method: Method
    similarity: Similarity
    windowRadius: int
    forceSmoothing: float
    fieldSmoothing: float
    followUpThreshold: float
    referenceThreshold: float
    maskSlope: float
    similarityIterations: str
    volumeIterations: str
    volumeWeight: float
    smoothnessWeight: float
    penaltyIterations: str


def settings_json(choices: Choices) -> dict[str, Any]:
    """Return the settings of a job; ValueError with a plain sentence if a text makes no sense."""
    return {
        "preset": choices.preset,
        "mode": choices.mode.value,
        "device": device_word(choices.device),
        "affine": choices.affine.value,
        "method": choices.method.value,
        "similarity": _solver(choices, choices.similarityIterations),
        "volume": {
            "follow_up_threshold": choices.followUpThreshold,
            "atlas_threshold": choices.referenceThreshold,
            "slope": choices.maskSlope,
            "solver": _solver(choices, choices.volumeIterations),
        },
        "paper": _penalty(choices),
    }


def device_word(device: Device) -> str:
    """Return the engine's word for a device; Apple's GPU has another one."""
    if device is Device.GPU:
        return "mps" if sys.platform == "darwin" else "cuda"
    return device.value


def _solver(choices: Choices, iterations: str) -> dict[str, Any]:
    return {
        **solver_levels(iterations),
        "similarity": choices.similarity.value,
        "window_radius_voxels": choices.windowRadius,
        "force_smoothing_voxels": choices.forceSmoothing,
        "field_smoothing_voxels": choices.fieldSmoothing,
    }


def _penalty(choices: Choices) -> dict[str, Any]:
    levels = solver_levels(choices.penaltyIterations)
    return {
        "factors": levels["factors"],
        "iterations": levels["iterations"],
        "volume_weight": choices.volumeWeight,
        "smoothness_weight": choices.smoothnessWeight,
    }
