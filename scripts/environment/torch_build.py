"""Choose and install the build of torch: CUDA where a device is there, else CPU."""

from __future__ import annotations

import sys
from pathlib import Path

from scripts.environment.steps import attempt, say, step, succeeds


def has_cuda_device() -> bool:
    """Tell whether the NVIDIA driver answers."""
    return succeeds(["nvidia-smi", "--list-gpus"])


def pinned_torch(requirements: Path) -> str:
    """Return the pin `torch==…` of the file."""
    lines = requirements.read_text().splitlines()
    return next(line.strip() for line in lines if line.startswith("torch=="))


def pip_command(python: Path, requirements: Path, *arguments: str) -> list[str]:
    """Return a pip call of the environment, held to the constraints."""
    constraints = str(requirements / "constraints.txt")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    return [*pip, "--constraint", constraints, *arguments]


def uv_command(python: Path, requirements: Path, pin: str) -> list[str]:
    """Return the uv call that fetches the CPU build from PyTorch's own index, which uv knows."""
    constraints = str(requirements / "constraints.txt")
    uv = [str(python), "-m", "uv", "pip", "install", "--quiet", "--python", str(python)]
    return [*uv, "--torch-backend", "cpu", "--constraint", constraints, pin]


def install_torch(python: Path, requirements: Path) -> None:
    """Install the pinned torch before all else, so that nothing pulls another one.

    On Linux the build on the package index brings several GiB of CUDA libraries. Without a CUDA
    device the CPU build is taken where pip's configuration offers one, then from PyTorch's
    index by uv; only where neither is reached, the large build is better than none.
    """
    pin = pinned_torch(requirements / "torch.txt")
    whole = pip_command(python, requirements, pin)
    if sys.platform != "linux" or has_cuda_device():
        step(f"{pin}, the build for this machine's device", whole)
        return
    if attempt(f"{pin}, CPU build", pip_command(python, requirements, f"{pin}+cpu")) is None:
        return
    uv_pin = pip_command(python, requirements, "--requirement", str(requirements / "uv.txt"))
    step("uv, which knows where the CPU build is kept", uv_pin)
    if attempt(f"{pin}, CPU build, with uv", uv_command(python, requirements, pin)) is None:
        return
    say("The CPU build of torch is out of reach: taking the CUDA build, several GiB larger.")
    step(f"{pin}, CUDA build", whole)
