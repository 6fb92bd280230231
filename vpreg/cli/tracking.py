"""Follow a study for a person who waits at a terminal."""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from vpreg.cli.figures import print_json, print_sentence
from vpreg.cli.register_progress import progress_bar
from vpreg.cli.registering import ended_like_ctrl_c, raise_failure
from vpreg.cli.worker_process import run_worker
from vpreg.job.tracking_checks import check_tracking_job
from vpreg.job.tracking_job import TrackingJob, write_tracking_job

WORKER = ("-m", "vpreg.worker.track")
_SHOWN = {
    "lesion": "Lesion",
    "time_point": "Date",
    "event": "What became of it",
    "volume_ml": "Volume, ml",
    "longest_axial_diameter_mm": "Longest, mm",
    "since_baseline_relative": "Since baseline",
    "alignment_stsr_soft": "STSR",
}
_MOST_LINES = 40


def track_study(job: TrackingJob, *, as_json: bool) -> None:
    """Check the job, run it, show what came out, and exit as the worker did.

    Raises ValueError with a plain sentence for bad input, before or after the start.
    """
    check_tracking_job(job)
    with ended_like_ctrl_c(), progress_bar() as hear:
        outcome = run_worker(partial(write_tracking_job, job), WORKER, output=job.output, hear=hear)
    event = outcome.event
    if event is None or event["event"] == "failed":
        raise_failure(outcome)
    if as_json:
        print_json(event)
        return
    Console().print(lesion_table(Path(event["folder"]) / "lesions.csv"))
    again = f", {event['reused']} from before" if event["reused"] else ""
    count = f"{event['registered']} registration{'s' if event['registered'] > 1 else ''}"
    print_sentence(f"Result: {event['folder']} ({count}{again})")
    print_sentence(f"Report: {event['report']}")
    print_sentence(f"It took {event['seconds']:.0f} s.")


def lesion_table(path: Path) -> Table:
    """Build a short table of the lines that hold a measurement."""
    with path.open(encoding="utf-8", newline="") as stream:
        lines = [line for line in csv.DictReader(stream) if line["volume_ml"]]
    table = Table(title="Lesions as segmented; STSR is of the alignment, not of the tumor")
    for title in _SHOWN.values():
        table.add_column(title)
    for line in lines[:_MOST_LINES]:
        cells = {name: _words(name, line[name]) for name in _SHOWN}
        cells["volume_ml"] += f" \u00b1 {float(line['volume_uncertainty_ml']):.2g}"
        table.add_row(*cells.values())
    if len(lines) > _MOST_LINES:
        table.caption = f"{len(lines) - _MOST_LINES} more lines in lesions.csv"
    return table


def _words(name: str, cell: str) -> str:
    if not cell or name in ("lesion", "time_point", "event"):
        return cell
    if cell == "inf":
        return "∞"
    value = float(cell)
    if name == "since_baseline_relative":
        return f"{value:+.0%}"
    if name == "longest_axial_diameter_mm":
        return f"{value:.1f}"
    return f"{value:.3f}" if name == "alignment_stsr_soft" else f"{value:.3g}"
