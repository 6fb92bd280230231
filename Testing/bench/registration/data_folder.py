"""Where the real scans are."""

from __future__ import annotations

import os
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[3]


def data_folder() -> Path:
    """Return $VPREG_DATA, or shared/data beside the checkout; it may not exist."""
    given = os.environ.get("VPREG_DATA")
    return Path(given) if given else _CHECKOUT.parent / "shared" / "data"


def found(folder: Path, *, what: str) -> bool:
    """Tell whether a folder of scans is there, and say so on the page if it is not."""
    if folder.is_dir():
        return True
    print(
        f"Set VPREG_DATA to a folder with {folder.name} to measure {what}: {folder} is missing.\n"
    )
    return False
