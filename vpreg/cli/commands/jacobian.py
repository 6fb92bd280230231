"""`vpreg jacobian`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vpreg.cli.figures import show
from vpreg.cli.options import AsJson, Device, Force, Like, TransformFile
from vpreg.cli.outputs import check_free


def jacobian(
    transform: TransformFile,
    *,
    like: Like = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Image of the determinant.", show_default=False),
    ] = None,
    log: Annotated[
        bool, typer.Option("--log", help="Write the natural logarithm instead: 0 is no change.")
    ] = False,
    device: Device = "auto",
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Measure the volume change of a transform; write its determinant as an image.

    Above 1, tissue of the moving scan shrinks when it is warped; below 1 it grows; at 0 or less it
    folds.
    """
    from vpreg.cli.volume_change import volume_change_of, write_determinant
    from vpreg.recipes.device_choice import choose_device

    if output is not None:
        check_free(output, force=force)
    found = volume_change_of(transform, like=like, device=choose_device(device))
    if output is not None:
        write_determinant(found.determinant, output, log=log)
    show("Volume change", found.as_figures(), as_json=as_json)
