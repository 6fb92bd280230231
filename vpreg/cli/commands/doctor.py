"""`vpreg doctor`."""

from __future__ import annotations

import typer

from vpreg.cli.devices import Device
from vpreg.cli.diagnosis import Diagnosis, examine
from vpreg.cli.figures import print_json, print_sentence, print_table
from vpreg.cli.options import AsJson

NOT_READY = 1


def describe(device: Device) -> str:
    """Return a device in words."""
    if device.memory_gib is None:
        return device.description
    return f"{device.description}, {device.free_gib} of {device.memory_gib} GiB free"


def print_diagnosis(found: Diagnosis) -> None:
    """Print the diagnosis for a person."""
    packages = [(name, version or "missing") for name, version in found.packages.items()]
    devices = [(device.name, describe(device)) for device in found.devices]
    own = [("vpreg", found.vpreg), ("Python", found.python), ("system", found.system)]
    print_table("Versions", own + packages)
    print_table("Devices", devices)
    for complaint in found.missing:
        print_sentence(f"Missing: {complaint.what}. Mend it with:\n  {complaint.command}")
    if not found.missing:
        print_sentence("Nothing is missing.")


def doctor(*, as_json: AsJson = False) -> None:
    """Show versions, devices and memory, and the commands that bring what is missing."""
    found = examine()
    if as_json:
        print_json(found.as_figures())
    else:
        print_diagnosis(found)
    if not found.ready:
        raise typer.Exit(NOT_READY)
