"""Where the engine lies: installed beside the scripts of the module, or in the checkout."""

from __future__ import annotations

import sys
from pathlib import Path

INSTALLED = "VolumePreservingRegEngine"


def engine_folder() -> Path:
    """Return the folder that has `vpreg` in it; RuntimeError if there is none."""
    module_folder = Path(__file__).resolve().parents[1]
    for folder in (module_folder / INSTALLED, module_folder.parent):
        # Slicer may have been packaged with compiled files alone.
        if any((folder / "vpreg").glob("__init__.py*")):
            return folder
    msg = f"Install the extension again: its engine is not beside {module_folder}."
    raise RuntimeError(msg)


def make_engine_importable() -> None:
    """Let the light parts of the engine be imported here, where there is no torch."""
    folder = str(engine_folder())
    if folder not in sys.path:
        # Last, so that nothing of the checkout hides a package of Slicer.
        sys.path.append(folder)
