"""What is here, what is missing, and the command that mends it."""

from __future__ import annotations

import platform
import sys
from dataclasses import asdict, dataclass

from vpreg import __version__
from vpreg.cli.devices import Device, accelerators, has_idle_nvidia_device, processor
from vpreg.cli.packages import PACKAGES


@dataclass(frozen=True)
class Complaint:
    """What is missing, the command that brings it, and whether nothing works without it."""

    what: str
    command: str
    required: bool


@dataclass(frozen=True)
class Diagnosis:
    """The state of this installation."""

    vpreg: str
    python: str
    system: str
    packages: dict[str, str | None]
    devices: list[Device]
    missing: list[Complaint]

    @property
    def ready(self) -> bool:
        """Whether the engine can run."""
        return not any(complaint.required for complaint in self.missing)

    def as_figures(self) -> dict[str, object]:
        """Return the diagnosis as plain values, for JSON."""
        return {**asdict(self), "ready": self.ready}


def missing_packages() -> list[Complaint]:
    """List the packages that are not installed."""
    return [
        Complaint(f"{package.name} ({package.purpose})", package.mend, required=True)
        for package in PACKAGES
        if package.version is None
    ]


def unused_devices() -> list[Complaint]:
    """Say when torch cannot use an NVIDIA device that is there."""
    if not has_idle_nvidia_device():
        return []
    command = f"{sys.executable} -m pip install --force-reinstall torch"
    what = "a torch that can use the NVIDIA device of this machine"
    return [Complaint(what, command, required=False)]


def examine() -> Diagnosis:
    """Look at packages and devices."""
    versions = {package.name: package.version for package in PACKAGES}
    missing = missing_packages()
    devices = [processor()]
    if versions["torch"] is not None:
        devices += accelerators()
        missing += unused_devices()
    return Diagnosis(
        vpreg=__version__,
        python=platform.python_version(),
        system=platform.platform(),
        packages=versions,
        devices=devices,
        missing=missing,
    )
