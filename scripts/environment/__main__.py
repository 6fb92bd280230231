"""Make `.venv` for the purposes named: `python3 -m scripts.environment test lint`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scripts.environment.errors import SetupError
from scripts.environment.interpreter import find_interpreter
from scripts.environment.purposes import BASE, FILES, requirement_files, watched_files
from scripts.environment.stamp import fingerprint, is_fresh, write_stamp
from scripts.environment.steps import say, step, succeeds
from scripts.environment.system_packages import (
    install_packages,
    missing_packages,
    read_system_packages,
)
from scripts.environment.torch_build import install_torch, pip_command

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"


def install_system(purposes: list[str]) -> None:
    """Install what only the system's package manager can bring."""
    wanted = read_system_packages(REQUIREMENTS / "system.txt")
    missing = missing_packages(wanted, purposes, interpreter=find_interpreter())
    if missing:
        install_packages(missing)


def make_venv(venv: Path) -> Path:
    """Create the virtual environment, or keep one that works; return its Python."""
    python = venv / "bin" / "python"
    if not succeeds([str(python), "-m", "pip", "--version"]):
        found = find_interpreter()
        create = [str(found.path), "-m", "venv", "--clear", str(venv)]
        step(f"Environment {venv.name} with {found.name}", create)
    return python


def install_base(python: Path) -> None:
    """Install the build tools, torch, the engine's and the command line's pins, the project."""
    for path in requirement_files(BASE, REQUIREMENTS):
        if path.name == "torch.txt":
            install_torch(python, REQUIREMENTS)
        else:
            install_file(python, path)
    editable = pip_command(
        python, REQUIREMENTS, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)
    )
    step("The project itself", editable)


def install_file(python: Path, path: Path) -> None:
    """Install the pins of one requirement file."""
    step(f"Packages of {path.name}", pip_command(python, REQUIREMENTS, "--requirement", str(path)))


def install_purpose(purpose: str, python: Path) -> None:
    """Install one purpose into the environment."""
    if purpose == BASE:
        install_base(python)
        return
    for path in requirement_files(purpose, REQUIREMENTS):
        install_file(python, path)


def make_environment(purposes: list[str], venv: Path) -> None:
    """Bring the environment up to date for the purposes; do nothing where it is."""
    wanted = {p: fingerprint(watched_files(p, ROOT), root=ROOT) for p in [BASE, *purposes]}
    stale = [p for p in wanted if not is_fresh(venv, p, wanted[p])]
    if not stale:
        return
    install_system(stale)
    python = make_venv(venv)
    for purpose in stale:
        install_purpose(purpose, python)
        write_stamp(venv, purpose, wanted[purpose])
    say(f"Environment ready: {venv.name}")


def main(arguments: list[str] | None = None) -> int:
    """Read the purposes and make the environment; return the exit code."""
    parser = argparse.ArgumentParser(prog="python3 -m scripts.environment", description=__doc__)
    parser.add_argument("purposes", nargs="*", choices=[[], *FILES], metavar="PURPOSE")
    parser.add_argument("--venv", type=Path, default=ROOT / ".venv")
    options = parser.parse_args(arguments)
    try:
        make_environment(list(options.purposes), options.venv)
    except SetupError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
