"""From what the user chose to the settings of the engine."""

from __future__ import annotations

import json
from typing import Any

from VolumePreservingRegLib.panel.levels import solver_levels
from VolumePreservingRegLib.panel.settings_json import device_word


def settings_json(choices: Any) -> dict[str, Any]:
    """Return the settings of a job; ValueError with a plain sentence if a text makes no sense."""
    solver = {
        **solver_levels(choices.iterations),
        "similarity": choices.similarity.value,
        "window_radius_voxels": choices.windowRadius,
    }
    return {
        **slices_json(choices),
        "atlas": "slices" if choices.atlasHasSlices else "full",
        "registration": {
            "device": device_word(choices.device),
            "affine": choices.affine.value,
            "similarity": solver,
        },
    }


def slices_json(choices: Any) -> dict[str, Any]:
    """Return the settings on which the slices depend."""
    return {
        "acquired": choices.acquired.value,
        "thickness_mm": choices.thickness,
        "voxel_mm": choices.voxelSize,
    }


def settings_text(choices: Any) -> str:
    """Return all that a result depends on, but for the nodes themselves and the device."""
    settings = settings_json(choices)
    del settings["registration"]["device"]
    return json.dumps(settings, sort_keys=True)


def slices_text(choices: Any) -> str:
    """Return all that the slices depend on, but for the nodes themselves."""
    return json.dumps(slices_json(choices), sort_keys=True)
