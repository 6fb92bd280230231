"""The command line: `vpreg` and its commands, one file each in `commands/`."""

from vpreg.cli.entry import main

__all__ = ["main"]
