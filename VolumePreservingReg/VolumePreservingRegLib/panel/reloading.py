"""Let the files of the library be read again when a developer presses Reload."""

from __future__ import annotations

import sys

LIBRARY = "VolumePreservingRegLib"


def forget_library(library: str = LIBRARY) -> None:
    """Forget all files of a library; the next import reads them again."""
    for name in [name for name in sys.modules if name.split(".")[0] == library]:
        del sys.modules[name]
