"""Find the library of the other module, on which this one is built."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

LIBRARY, MODULE = "VolumePreservingRegLib", "VolumePreservingReg"


def make_neighbour_importable() -> None:
    """Let the other module's library be found before Slicer has loaded that module.

    Installed, both lie in one folder. In a checkout they do not, and Slicer loads modules in the
    order of their names.
    """
    if importlib.util.find_spec(LIBRARY) is None:
        sys.path.append(str(Path(__file__).parents[2] / MODULE))
