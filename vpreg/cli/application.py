"""The list of commands."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from vpreg import __version__
from vpreg.cli.bad_input import in_one_sentence
from vpreg.cli.commands.convert import convert
from vpreg.cli.commands.demo import demo
from vpreg.cli.commands.doctor import doctor
from vpreg.cli.commands.jacobian import jacobian
from vpreg.cli.commands.measure import measure
from vpreg.cli.commands.model import MODEL_COMMANDS
from vpreg.cli.commands.register import register
from vpreg.cli.commands.sparse import sparse
from vpreg.cli.commands.track import track
from vpreg.cli.commands.train import train
from vpreg.cli.commands.warp import warp

COMMANDS: tuple[Callable[..., None], ...] = (
    register,
    sparse,
    track,
    demo,
    train,
    doctor,
    measure,
    warp,
    jacobian,
    convert,
)


def show_version(asked: bool) -> None:
    """Print the version and stop."""
    if asked:
        sys.stdout.write(f"vpreg {__version__}\n")
        raise typer.Exit


def vpreg(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Align two scans of a patient without changing the size of the tumor.

    For research only, not for diagnosis or treatment.
    """


def build_application() -> typer.Typer:
    """Return the application with all commands."""
    built = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    built.callback()(vpreg)
    for command in COMMANDS:
        built.command()(in_one_sentence(command))
    models = typer.Typer(no_args_is_help=True, help="Keep trained networks.")
    for name, of_models in MODEL_COMMANDS.items():
        models.command(name)(in_one_sentence(of_models))
    built.add_typer(models, name="model")
    return built


application = build_application()
