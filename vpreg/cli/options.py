"""The arguments and options that several commands share, spelled the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

TransformFile = Annotated[
    Path,
    typer.Argument(
        metavar="TRANSFORM",
        help="ITK transform (.h5, .tfm) or displacement image (.nii.gz, .nrrd), millimetres LPS.",
        show_default=False,
    ),
]
Like = Annotated[
    Path | None,
    typer.Option(
        metavar="FIXED",
        help="Scan with the grid to work on; without it, the grid that the transform holds.",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Force = Annotated[bool, typer.Option("--force", help="Replace the output if it exists.")]
Device = Annotated[
    str, typer.Option(help="Where to compute: cpu, cuda, cuda:1 or mps; auto takes the fastest.")
]
