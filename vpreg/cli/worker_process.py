"""Run a job in a process of its own and hear what it says."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from vpreg.job.files import write_job
from vpreg.job.job import Job
from vpreg.job.process_environment import FOR_COMPUTING
from vpreg.results.unfinished import clear_stale

WORKER = ("-m", "vpreg.worker")
PATIENCE_S = 5.0
POLL_S = 0.2

Event = Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """The last line of a worker (None if it died without one), its exit status and its log."""

    event: Event | None
    status: int
    log: str


def run_in_a_process(job: Job, *, hear: Callable[[Event], None]) -> Outcome:
    """Run the job; Ctrl-C ends it. Nothing stays behind but the result of a job that finished."""
    return run_worker(partial(write_job, job), WORKER, output=job.output, hear=hear)


def run_worker(
    write: Callable[[Path], None],
    worker: Sequence[str],
    *,
    output: Path,
    hear: Callable[[Event], None],
) -> Outcome:
    """Run the job that `write` puts into a file, with the words that start a worker."""
    with tempfile.TemporaryDirectory(prefix="vpreg-") as folder, tempfile.TemporaryFile() as log:
        path = Path(folder) / "job.json"
        write(path)
        process = start(path, log, worker=worker)
        try:
            last = listen(process, hear)
        finally:
            end(process)
        clear_stale(output.resolve())
        log.seek(0)
        return Outcome(last, process.returncode, log.read().decode(errors="replace"))


def start(path: Path, log: IO[bytes], *, worker: Sequence[str] = WORKER) -> subprocess.Popen[str]:
    """Start a worker that Ctrl-C does not reach: it ends when its standard input closes."""
    own_group: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        own_group = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return subprocess.Popen(
        [sys.executable, *worker, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        encoding="utf-8",
        env={**FOR_COMPUTING, **os.environ},
        **own_group,
    )


def listen(process: subprocess.Popen[str], hear: Callable[[Event], None]) -> Event | None:
    """Hand on all events but the last, which is returned; Ctrl-C asks the worker to end."""
    events: queue.Queue[Event | None] = queue.Queue()
    threading.Thread(target=read_lines, args=(process, events), daemon=True).start()
    try:
        return last_of(events, hear)
    except KeyboardInterrupt:
        # The worker has the last word: perhaps the result had just appeared.
        ask_to_end(process)
        return last_of(events, hear)


def read_lines(process: subprocess.Popen[str], events: queue.Queue[Event | None]) -> None:
    """Put every line of a worker into a queue, and None after the last."""
    for line in process.stdout or ():
        events.put(json.loads(line))
    events.put(None)


def last_of(events: queue.Queue[Event | None], hear: Callable[[Event], None]) -> Event | None:
    """Return the line that ends a job."""
    for event in until_none(events):
        if event["event"] in {"finished", "failed"}:
            return event
        hear(event)
    return None


def until_none(events: queue.Queue[Event | None]) -> Iterator[Event]:
    """Yield events as they come; the short waits let Ctrl-C through on every system."""
    while True:
        try:
            event = events.get(timeout=POLL_S)
        except queue.Empty:
            continue
        if event is None:
            return
        yield event


def ask_to_end(process: subprocess.Popen[str]) -> None:
    """Close the standard input of a worker, which ends it; kill it should it not."""
    if process.stdin is not None:
        process.stdin.close()
    kill = threading.Timer(PATIENCE_S, process.kill)
    kill.daemon = True
    kill.start()


def end(process: subprocess.Popen[str]) -> None:
    """Make sure that there is no process any more."""
    ask_to_end(process)
    process.wait()
