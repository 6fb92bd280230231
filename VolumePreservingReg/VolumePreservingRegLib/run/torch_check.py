"""Whether torch is there, without importing it.

Imported into Slicer's own process it clashes with the libraries that Slicer has loaded.
"""

from __future__ import annotations

import importlib.metadata

LEAST_VERSION = (2, 5)
REQUIREMENT = "torch>=2.5"


def torch_is_installed() -> bool:
    """Tell whether a torch that the engine can use is installed in Slicer's Python."""
    try:
        from slicer.packaging import pip_check
    except ImportError:
        # Slicer 5.10 has no slicer.packaging.
        return _is_recent(installed_version())
    return bool(pip_check(REQUIREMENT))


def installed_version() -> str | None:
    """Return the version of the torch that is installed."""
    try:
        return importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:
        return None


def _is_recent(version: str | None) -> bool:
    if version is None:
        return False
    numbers = version.split("+")[0].split(".")[: len(LEAST_VERSION)]
    return tuple(int(number) for number in numbers if number.isdigit()) >= LEAST_VERSION
