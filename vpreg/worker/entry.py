"""Start a worker, watch over it, and end it."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vpreg.job.checks import check_job
from vpreg.job.files import read_job
from vpreg.job.job import Job
from vpreg.worker.exit_codes import ExitCode, FailureCode
from vpreg.worker.failures import explain
from vpreg.worker.last_resort import end_in_time
from vpreg.worker.lines import Lines, take_stdout
from vpreg.worker.stop import Stop
from vpreg.worker.watchers import stdin_is_a_pipe, watch_cancel_file, watch_signals, watch_stdin

if TYPE_CHECKING:
    from vpreg.worker.engine import Engine


def load_real_engine() -> Engine:
    """Load torch and the recipes, which takes seconds: the watchers are there before it."""
    from vpreg.worker.real_engine import real_engine

    return real_engine()


def main(words: Sequence[str], *, load: Callable[[], Engine] = load_real_engine) -> ExitCode:
    """Run the job in the file that the words name; return the exit status."""
    return answer(words, lambda path, stop, lines: register(path, stop, lines, load))


def answer(words: Sequence[str], do: Callable[[Path, Stop, Lines], dict[str, object]]) -> ExitCode:
    """Do a job under watch: its owner is told of the end, and why, whatever it is."""
    options = parse(words)
    started = time.monotonic()
    stop = Stop()
    lines = Lines(
        take_stdout(),
        nobody_listens=lambda: stop.want("Stopped: nobody reads the standard output."),
    )
    watch_signals(stop)
    if stdin_is_a_pipe() and not options.ignore_stdin:
        watch_stdin(stop)
    try:
        finished = do(options.job, stop, lines)
    except Exception as error:  # noqa: BLE001 - whatever it is, the reader of the lines is told
        return fail(error, stop, lines)
    seconds = round(time.monotonic() - started, 2)
    lines.end("finished", **finished, seconds=seconds)
    return ExitCode.FINISHED


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Understand the command line of a worker."""
    parser = argparse.ArgumentParser(
        prog="python -m vpreg.worker",
        description="Run one job and write one JSON object a line to standard output.",
    )
    parser.add_argument("job", type=Path, metavar="JOB", help="job file (JSON)")
    parser.add_argument(
        "--ignore-stdin",
        action="store_true",
        help="go on when standard input, if it is a pipe, closes; without this, that ends the job",
    )
    return parser.parse_args(words)


def prepare(path: Path, stop: Stop, lines: Lines) -> Job:
    """Read and check the job, and watch over it from then on."""
    job = read_job(path)
    if job.cancel_file is not None:
        watch_cancel_file(stop, job.cancel_file)
    end_in_time(stop, lines, output=job.output)
    check_job(job)
    return job


def register(path: Path, stop: Stop, lines: Lines, load: Callable[[], Engine]) -> dict[str, object]:
    """Do a registration and return what the last line says of it."""
    job = prepare(path, stop, lines)
    from vpreg.metrics.json_figures import to_json
    from vpreg.worker.running import REPORT_FILE, Ears, run_job

    result = run_job(job, Ears(lines, stop), engine=load())
    report = job.output / REPORT_FILE
    return {
        "folder": str(job.output),
        "report": str(report) if report.is_file() else None,
        "figures": to_json(result.figures),
    }


def fail(error: Exception, stop: Stop, lines: Lines) -> ExitCode:
    """Say why there is no result; an error after the wish to stop is only its consequence."""
    code, message = (FailureCode.CANCELLED, stop.reason) if stop.wanted else explain(error)
    lines.end("failed", code=code.value, message=message)
    return code.exit_code
