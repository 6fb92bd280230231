"""Run a registration for a person who waits at a terminal."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from rich.console import Console

from vpreg.cli.figures import print_json, print_sentence
from vpreg.cli.register_progress import progress_bar
from vpreg.cli.result_table import result_table
from vpreg.cli.structure_table import structure_table
from vpreg.cli.worker_process import Event, Outcome, run_in_a_process
from vpreg.job.checks import check_job
from vpreg.job.job import Job

FAILED = 1
INTERRUPTED = 130


def register_files(job: Job, *, as_json: bool) -> None:
    """Check the job, run it, show what came out, and exit as the worker did.

    Raises ValueError with a plain sentence for bad input, before or after the start.
    """
    check_job(job)
    with ended_like_ctrl_c(), progress_bar() as hear:
        outcome = run_in_a_process(job, hear=hear)
    if outcome.event is None or outcome.event["event"] == "failed":
        raise_failure(outcome)
    if as_json:
        print_json(outcome.event)
    else:
        print_result(outcome.event)


@contextmanager
def ended_like_ctrl_c() -> Iterator[None]:
    """Let the end of the terminal and a polite kill do what Ctrl-C does."""

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), interrupt) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def raise_failure(outcome: Outcome) -> NoReturn:
    """Say why there is no result, and end."""
    event = outcome.event
    if event is None:
        sys.stderr.write(outcome.log)
        sys.stderr.write(
            "Close other programs or crop the scans, then try again: the system ended the worker "
            f"(status {outcome.status}), perhaps because the memory did not suffice.\n"
        )
        raise typer.Exit(FAILED)
    if event["code"] == "bad_input":
        raise ValueError(event["message"])
    if event["code"] == "cancelled":
        sys.stderr.write("Stopped: nothing was written.\n")
        raise typer.Exit(INTERRUPTED)
    sys.stderr.write(f"{outcome.log}{event['message']}\n")
    raise typer.Exit(FAILED)


def print_result(event: Event) -> None:
    """Print the figures, and where the result lies."""
    Console().print(result_table(event["figures"]))
    if event["figures"].get("structures"):
        Console().print(structure_table(event["figures"]["structures"]))
    print_sentence(f"Result: {event['folder']}")
    if event["report"] is not None:
        print_sentence(f"Report: {event['report']}")
    print_sentence(f"It took {event['seconds']:.0f} s.")
