"""Let the files of the library be read again when a developer presses Reload."""

from __future__ import annotations

import sys

LIBRARY = "VolumePreservingRegLib"


def forget_library() -> None:
    """Forget all files of the library; the next import reads them again."""
    for name in [name for name in sys.modules if name.split(".")[0] == LIBRARY]:
        del sys.modules[name]
