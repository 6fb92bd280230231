"""Train for a person who waits at a terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import torch
import typer

from vpreg.cli.figures import print_sentence
from vpreg.cli.registering import FAILED, INTERRUPTED
from vpreg.cli.train_progress import watch
from vpreg.training.loop.run import Stopped
from vpreg.training.loop.stop import stop_on_signals
from vpreg.training.loop.train import train
from vpreg.training.settings import TrainingSettings


def train_config(settings: TrainingSettings, output: Path, *, replace: bool, plain: bool) -> None:
    """Train, show how it goes and where the models lie; exit with 130 when stopped.

    Raises ValueError with a plain sentence for whatever the user can mend.
    """
    try:
        with stop_on_signals() as wish, watch(plain=plain) as listener:
            models = train(
                settings,
                output,
                listener=listener,
                stop_wanted=lambda: wish.wanted,
                replace=replace,
            )
    except Stopped as stopped:
        sys.stderr.write(
            f"Stopped after step {stopped.step}; its state is kept in {output}. "
            "Give the same command again to go on.\n"
        )
        raise typer.Exit(INTERRUPTED) from stopped
    except KeyboardInterrupt as interrupted:
        sys.stderr.write(f"Stopped at once; what was kept in {output} is whole.\n")
        raise typer.Exit(INTERRUPTED) from interrupted
    except torch.OutOfMemoryError as error:
        sys.stderr.write(
            "Write a smaller home_shape in [data], or a network with fewer channels: the memory of "
            f"the device does not suffice. What was kept in {output} is whole.\n"
        )
        raise typer.Exit(FAILED) from error
    for path in models:
        print_sentence(f"Model: {path}")
    if models:
        print_sentence(
            f"Use it: vpreg register FIXED MOVING -o result --solver network --model {models[-1]}"
        )
