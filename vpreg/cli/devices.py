"""What this machine computes on, and how much memory it has."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

GIB = 2**30
MEMORY_TABLE = Path("/proc/meminfo")


@dataclass(frozen=True)
class Device:
    """A device that torch can compute on; memory is None where the system does not tell."""

    name: str
    description: str
    memory_gib: float | None = None
    free_gib: float | None = None


def memory_gib(entry: str, *, table: Path = MEMORY_TABLE) -> float | None:
    """Return MemTotal or MemAvailable of Linux; None on other systems."""
    if not table.exists():
        return None
    for line in table.read_text().splitlines():
        name, _, amount = line.partition(":")
        if name == entry:
            return in_gib(int(amount.split()[0]) * 1024)
    return None


def in_gib(amount_bytes: int) -> float:
    """Return bytes as GiB with one decimal."""
    return round(amount_bytes / GIB, 1)


def processor() -> Device:
    """Describe the CPU."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return Device("cpu", f"{cores} cores", memory_gib("MemTotal"), memory_gib("MemAvailable"))


def accelerators() -> list[Device]:
    """Describe the devices beside the CPU that the installed torch can use."""
    import torch

    found = []
    for n in range(torch.cuda.device_count()):
        free, total = torch.cuda.mem_get_info(n)
        name = torch.cuda.get_device_name(n)
        found.append(Device(f"cuda:{n}", name, in_gib(total), in_gib(free)))
    if torch.backends.mps.is_available():
        found.append(Device("mps", "Apple GPU, which shares the memory above"))
    return found


def has_idle_nvidia_device() -> bool:
    """Tell whether the driver lists an NVIDIA device that the installed torch cannot use."""
    import torch

    driver = shutil.which("nvidia-smi")
    if torch.cuda.is_available() or driver is None:
        return False
    return subprocess.run([driver, "--list-gpus"], capture_output=True, check=False).returncode == 0
