"""The packages that vpreg uses, and the commands that bring missing ones."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import sys
from dataclasses import dataclass

UNKNOWN_VERSION = "unknown version"


@dataclass(frozen=True)
class Package:
    """A package that vpreg cannot do without, and what it is for."""

    name: str
    purpose: str

    @property
    def version(self) -> str | None:
        """The installed version; None when it is missing."""
        try:
            return importlib.metadata.version(self.name)
        except importlib.metadata.PackageNotFoundError:
            # Slicer brings SimpleITK without the record that pip leaves.
            return UNKNOWN_VERSION if importlib.util.find_spec(self.name) else None

    @property
    def mend(self) -> str:
        """The command that installs it into this Python."""
        return f"{sys.executable} -m pip install {self.name}"


PACKAGES = (
    Package("torch", "all computation"),
    Package("numpy", "arrays"),
    Package("SimpleITK", "reading and writing of scans and transforms"),
    Package("typer", "the command line"),
    Package("rich", "tables and progress on the terminal"),
)
