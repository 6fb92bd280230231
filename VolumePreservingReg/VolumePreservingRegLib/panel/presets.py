"""The presets of the engine, read from their files: its own reader needs torch."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from slicer.i18n import tr as _

from VolumePreservingRegLib.engine_location import engine_folder
from VolumePreservingRegLib.panel.parameters import AUTOMATIC_PRESET


@dataclass(frozen=True)
class Preset:
    """One line of the list: its name in the engine, and what the user reads."""

    name: str
    title: str
    description: str


def find_presets() -> list[Preset]:
    """List the presets, the automatic choice first."""
    automatic = Preset(
        AUTOMATIC_PRESET,
        _("Automatic"),
        _("Choose by the grey values and the size of each scan."),
    )
    folder = engine_folder() / "Resources" / "presets"
    files = sorted(folder.glob("*.toml"))
    found = [(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))) for path in files]
    return [automatic, *(Preset(name, one["title"], one["description"]) for name, one in found)]
