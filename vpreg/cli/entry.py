"""Start the command line, or say what it lacks."""

from __future__ import annotations

import sys

NEEDED = {"typer", "rich"}


def main() -> None:
    """Run `vpreg` on sys.argv; exit with 1 and the command to type where typer or rich lack."""
    try:
        from vpreg.cli.application import application
    except ModuleNotFoundError as error:
        if error.name not in NEEDED:
            raise
        sys.exit(f'Install the command line: {sys.executable} -m pip install "vpreg[cli]"')
    application()
