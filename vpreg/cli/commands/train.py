"""`vpreg train`."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from vpreg.training.settings import TrainingSettings


class TrainingDevice(Enum):
    """Where to train, named here once more: the engine's enum would load torch."""

    AUTO = "auto"
    CPU = "cpu"
    GPU = "gpu"


Config = Annotated[
    Path,
    typer.Argument(metavar="CONFIG.toml", help="What to train, and on which scans."),
]
Output = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="DIR",
        help="Folder for state, log and models; a training in it goes on.",
        show_default=False,
    ),
]
Check = Annotated[
    bool,
    typer.Option("--check", help="Look at config and scans, say what it will need, and stop."),
]
On = Annotated[
    TrainingDevice | None,
    typer.Option("--device", help="Where to train, instead of what the config says."),
]
Anew = Annotated[bool, typer.Option("--force", help="Throw away the training in DIR.")]
Plain = Annotated[bool, typer.Option("--plain", help="Show progress as lines, not as bars.")]


def train(
    config: Config,
    *,
    output: Output,
    check: Check = False,
    device: On = None,
    force: Anew = False,
    plain: Plain = False,
) -> None:
    """Train a network on your scans; Ctrl-C keeps the state, and the same command goes on."""
    from vpreg.cli.rehearsing import rehearse_config
    from vpreg.cli.training import train_config
    from vpreg.training.config.read_config import read_config

    settings = on_device(read_config(config), device)
    if check:
        rehearse_config(settings)
    else:
        train_config(settings, output, replace=force, plain=plain)


def on_device(settings: TrainingSettings, device: TrainingDevice | None) -> TrainingSettings:
    """Return the settings with another device, if one is named."""
    from dataclasses import replace

    from vpreg.training.settings import Accelerator

    if device is None:
        return settings
    machine = replace(settings.machine, accelerator=Accelerator(device.value))
    return replace(settings, machine=machine)
