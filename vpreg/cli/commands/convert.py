"""`vpreg convert`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vpreg.cli.figures import show
from vpreg.cli.options import AsJson, Force, Like, TransformFile
from vpreg.cli.outputs import check_free


def convert(
    transform: TransformFile,
    output: Annotated[
        Path,
        typer.Argument(
            metavar="OUTPUT", help="File to write; its ending says how.", show_default=False
        ),
    ],
    *,
    like: Like = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Convert a transform or field: ITK (.h5, .tfm), NRRD, NIfTI and MetaImage.

    An image holds displacements in millimetres, LPS, on a grid: transforms without one need --like.
    """
    from vpreg.cli.fixed_grid import grid_for
    from vpreg.fields.files import IMAGE_ENDINGS, read_transform, write_transform

    check_free(output, force=force)
    found = read_transform(transform)
    grid = None
    if output.name.endswith(IMAGE_ENDINGS):
        grid = grid_for(found, like=like, name=transform.name)
    write_transform(found, output, fixed_grid=grid)
    show("Converted", {"output": str(output)}, as_json=as_json)
