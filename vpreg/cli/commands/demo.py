"""`vpreg demo`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vpreg.cli.options import AsJson, Device
from vpreg.cli.register_options import ReplaceResult

DemoOutput = Annotated[
    Path, typer.Option("--output", metavar="DIR", help="Folder for the scans and the result.")
]


def demo(
    *,
    output: DemoOutput = Path("demo-result"),
    device: Device = "auto",
    force: ReplaceResult = False,
    as_json: AsJson = False,
) -> None:
    """Make two scans of a head with a growing tumor, register them, and write a report."""
    from vpreg.cli.figures import print_sentence
    from vpreg.cli.registering import register_files
    from vpreg.job.job import Job, OrganChoice
    from vpreg.results.target import check_target
    from vpreg.synthetic.demo_scans import write_demo_scans

    output.mkdir(parents=True, exist_ok=True)
    result = (output / "registration").absolute()
    check_target(result, replace=force)
    if not as_json:
        print_sentence("Making a head phantom at two dates: the tumor grows from 7 ml to 14 ml.")
    scans = write_demo_scans((output / "scans").absolute())
    job = Job(
        fixed=scans.baseline,
        moving=scans.follow_up,
        output=result,
        settings={"mode": "follow-up", "preset": "brain-mr", "device": device},
        organ=OrganChoice(scans.follow_up_organ),
        fixed_organ=OrganChoice(scans.baseline_organ),
        fixed_tumor=scans.baseline_tumor,
        moving_tumor=scans.follow_up_tumor,
        force=force,
    )
    register_files(job, as_json=as_json)
