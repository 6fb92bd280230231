"""The one place where bad input becomes a sentence and an exit code."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import ParamSpec

import typer

BAD_INPUT = 2

P = ParamSpec("P")


def in_one_sentence(command: Callable[P, None]) -> Callable[P, None]:
    """Tell a user who gave bad input what to do, without a traceback, and exit with 2.

    The engine raises ValueError for whatever the user can mend. All else is a fault of the program
    and keeps its traceback.
    """

    @functools.wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except ValueError as error:
            sys.stderr.write(f"{error}\n")
            raise typer.Exit(BAD_INPUT) from error

    return guarded
