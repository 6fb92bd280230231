"""`vpreg track`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vpreg.cli.options import AsJson, Device
from vpreg.cli.register_options import (
    AffineChoice,
    Preset,
    RecipeChoice,
    RecipeOption,
    ReplaceResult,
    Seed,
)

StudyPath = Annotated[
    Path,
    typer.Argument(
        metavar="STUDY",
        help="STUDY.toml, or a folder with dated scans and segmentations.",
        show_default=False,
    ),
]
TrackingOutput = Annotated[
    Path,
    typer.Option(
        "--output", "-o", metavar="DIR", help="Folder for tables and report.", show_default=False
    ),
]
Work = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Folder that keeps the registrations; without it, DIR-work beside the output.",
        show_default=False,
    ),
]
Chain = Annotated[
    bool,
    typer.Option("--chain", help="Lay each scan over the one before it, not over the first."),
]
Affine = Annotated[AffineChoice, typer.Option("--affine", help="Rough alignment.")]


def track(
    study: StudyPath,
    *,
    output: TrackingOutput,
    work: Work = None,
    chain: Chain = False,
    recipe: RecipeOption = RecipeChoice.VOLUME_PRESERVING,
    preset: Preset = "auto",
    affine: Affine = AffineChoice.AFFINE,
    device: Device = "auto",
    seed: Seed = 0,
    force: ReplaceResult = False,
    as_json: AsJson = False,
) -> None:
    """Follow the lesions of a patient over time; Ctrl-C stops, the same command goes on.

    Each lesion is named, its volume and diameters measured on the segmentations, its growth set
    against what the voxels can tell, and response criteria applied as an aid. Only what changed is
    registered again.
    """
    from vpreg.cli.tracking import track_study
    from vpreg.job.tracking_job import TrackingJob, work_beside

    settings = {"recipe": recipe.value, "preset": preset, "affine": affine.value}
    job = TrackingJob(
        study=study.absolute(),
        output=output.absolute(),
        work=(work or work_beside(output)).absolute(),
        settings={**settings, "mode": "follow-up", "device": device, "seed": seed},
        chain=chain,
        force=force,
    )
    track_study(job, as_json=as_json)
