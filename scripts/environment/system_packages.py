"""Install the Debian packages that pip cannot bring, where that is allowed."""

from __future__ import annotations

import ctypes
import os
import shlex
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from scripts.environment.errors import SetupError
from scripts.environment.interpreter import Interpreter
from scripts.environment.steps import step, succeeds


class SystemPackage(NamedTuple):
    """A Debian package, the purpose that needs it, and what proves that it is not missing."""

    purpose: str
    package: str
    probe: str


def read_system_packages(path: Path) -> list[SystemPackage]:
    """Read the list: purpose, package and probe on each line, # begins a remark."""
    lines = (line.split("#")[0].split() for line in path.read_text().splitlines())
    return [SystemPackage(*words) for words in lines if words]


def has_library(name: str) -> bool:
    """Tell whether the dynamic linker finds a library, such as libGL.so.1."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def is_present(probe: str, interpreter: Interpreter) -> bool:
    """Answer `module:NAME`, `library:NAME` or `command:NAME`."""
    kind, _, name = probe.partition(":")
    if kind == "module":
        return succeeds([str(interpreter.path), "-c", f"import {name}"])
    if kind == "library":
        return has_library(name)
    if kind == "command":
        return shutil.which(name) is not None
    msg = f"Write the probe {probe!r} as module:NAME, library:NAME or command:NAME."
    raise SetupError(msg)


def missing_packages(
    wanted: Iterable[SystemPackage], purposes: Iterable[str], *, interpreter: Interpreter
) -> list[str]:
    """Name the Debian packages whose probe fails, for the given purposes."""
    asked = set(purposes)
    return [
        entry.package.format(python=interpreter.name)
        for entry in wanted
        if entry.purpose in asked and not is_present(entry.probe, interpreter)
    ]


def administrator_prefix() -> list[str] | None:
    """Return what to put before apt-get: nothing for root, sudo where it asks no password."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if succeeds(["sudo", "-n", "true"]) else None


def install_packages(packages: list[str]) -> None:
    """Install Debian packages; raise SetupError with the exact command where not allowed."""
    prefix = administrator_prefix()
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if prefix is None:
        msg = f"Install these system packages, then run make again:\n  sudo {shlex.join(install)}"
        raise SetupError(msg)
    step("Package lists of the system", [*prefix, "apt-get", "update"])
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    step(f"System packages: {' '.join(packages)}", [*prefix, *quiet, *install])
