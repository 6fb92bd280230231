"""The one place where errors become sentences."""

from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner

from vpreg.cli.application import COMMANDS
from vpreg.cli.bad_input import in_one_sentence


def application_of(error: Exception) -> typer.Typer:
    def fails() -> None:
        raise error

    built = typer.Typer()
    built.command()(in_one_sentence(fails))
    return built


def test_what_the_user_can_mend_is_a_sentence_and_code_two() -> None:
    done = CliRunner().invoke(application_of(ValueError("Check the path: a.nii is no file.")), [])

    assert done.exit_code == 2
    assert done.stderr == "Check the path: a.nii is no file.\n"
    assert done.stdout == ""


@pytest.mark.parametrize("error", [RuntimeError("a fault"), KeyError("a fault"), OSError("disk")])
def test_a_fault_of_the_program_is_not_swallowed(error: Exception) -> None:
    done = CliRunner().invoke(application_of(error), [])

    assert done.exception is error


def test_every_command_says_in_one_line_what_it_does() -> None:
    summaries = [str(command.__doc__).splitlines()[0] for command in COMMANDS]

    assert all(summary.endswith(".") and len(summary) < 90 for summary in summaries)
