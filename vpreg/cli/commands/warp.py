"""`vpreg warp`."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from vpreg.cli.figures import show
from vpreg.cli.options import AsJson, Device, Force, Like, TransformFile
from vpreg.cli.outputs import check_free


class Sampling(Enum):
    """The interpolations, named here once more because the engine's enum would load torch."""

    LINEAR = "linear"
    NEAREST = "nearest"
    LABELS = "labels"


def warp(
    moving: Annotated[
        Path,
        typer.Argument(
            metavar="MOVING", help="Scan, label map or DICOM folder to warp.", show_default=False
        ),
    ],
    transform: TransformFile,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Image to write.", show_default=False)
    ],
    *,
    like: Like = None,
    interpolation: Annotated[
        Sampling, typer.Option(help="linear for scans, labels for label maps.")
    ] = Sampling.LINEAR,
    background: Annotated[
        float, typer.Option(help="Value outside the moving scan; air in CT is -1000.")
    ] = 0.0,
    device: Device = "auto",
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Apply a transform to a scan or a label map."""
    from vpreg.cli.warping import warp_file
    from vpreg.images.interpolation import Interpolation
    from vpreg.recipes.device_choice import choose_device

    check_free(output, force=force)
    figures = warp_file(
        moving,
        transform,
        output=output,
        like=like,
        interpolation=Interpolation(interpolation.value),
        background=background,
        device=choose_device(device),
    )
    show("Warped", figures, as_json=as_json)
