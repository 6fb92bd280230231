"""The arguments and options of `vpreg register`."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from vpreg.recipes.method import Method
from vpreg.recipes.solver_kind import SolverKind
from vpreg.recipes.start_kind import StartKind
from vpreg.solvers.pair_settings import SimilarityKind


class RecipeChoice(Enum):
    """How far to go, named here once more: the engine's enum would load torch."""

    SIMILARITY = "similarity"
    VOLUME_PRESERVING = "volume-preserving"


class ModeChoice(Enum):
    """What the scans are to each other, named here once more."""

    ATLAS = "atlas"
    FOLLOW_UP = "follow-up"


class AffineChoice(Enum):
    """The rough alignments, named here once more."""

    NONE = "none"
    RIGID = "rigid"
    AFFINE = "affine"


def given(help_text: str, *, metavar: str = "FILE") -> typer.models.OptionInfo:
    """Return the option for something that may be left out."""
    option: typer.models.OptionInfo = typer.Option(
        help=help_text, metavar=metavar, show_default=False
    )
    return option


Fixed = Annotated[
    Path, typer.Argument(metavar="FIXED", help="Scan that stays: a file or a DICOM folder.")
]
Moving = Annotated[Path, typer.Argument(metavar="MOVING", help="Scan to align with it.")]
Output = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="DIR",
        help="Folder for the result; it must not exist yet.",
        show_default=False,
    ),
]
RecipeOption = Annotated[
    RecipeChoice,
    typer.Option("--recipe", help="similarity stops before the volume is looked after."),
]
ModeOption = Annotated[
    ModeChoice,
    typer.Option("--mode", help="follow-up: same patient; atlas: FIXED is a healthy reference."),
]
Preset = Annotated[
    str, typer.Option(help="brain-mr, liver-ct, lung-ct, abdomen-ct, generic or auto.")
]
AffineOption = Annotated[
    str,
    typer.Option(
        "--affine",
        metavar="KIND|FILE",
        help="Rough alignment: none, rigid, affine, or the file of a transform to use instead.",
    ),
]
StartOption = Annotated[
    StartKind,
    typer.Option(
        "--start",
        help="coupled-convex finds large motion first; auto: for CT only.",
    ),
]
Organ = Annotated[
    str | None,
    given(
        "Label map of the organ with the tumor in MOVING, and its label.", metavar="FILE[:LABEL]"
    ),
]
FixedOrgan = Annotated[str | None, given("The same organ in FIXED.", metavar="FILE[:LABEL]")]
FixedTumor = Annotated[Path | None, given("Label map of the tumors in FIXED.")]
MovingTumor = Annotated[Path | None, given("Label map of the tumors in MOVING.")]
FixedMask = Annotated[Path | None, given("Where to look at FIXED; 0 leaves out.")]
MovingMask = Annotated[Path | None, given("Where to look at MOVING; 0 leaves out.")]
Landmarks = Annotated[
    tuple[Path, Path] | None,
    given("Points of FIXED and of MOVING to measure: .csv (LPS mm) or .mrk.json.", metavar="F M"),
]
SimilarityOption = Annotated[
    SimilarityKind,
    typer.Option(
        "--similarity",
        help="What makes the scans alike; mind-ssc or mutual-information for two contrasts.",
    ),
]
Smoothness = Annotated[
    float | None,
    typer.Option(
        metavar="VOXELS",
        help="Width over which neighbors move together; 1.4 unless given.",
        show_default=False,
    ),
]
Iterations = Annotated[
    str | None,
    typer.Option(
        metavar="N,N,…",
        help="Steps of each level, coarse to fine, of the similarity-only stage: 60,40,10.",
        show_default=False,
    ),
]
MethodOption = Annotated[
    Method,
    typer.Option(
        "--method",
        help="How volume is kept: projected out of every step, or by the penalty of the paper.",
    ),
]
SolverOption = Annotated[
    SolverKind,
    typer.Option("--solver", help="pair needs no weights; network needs --model."),
]
ModelOption = Annotated[
    str | None,
    given("A trained network for --solver network; see: vpreg model list.", metavar="NAME|FILE"),
]
Refine = Annotated[
    int, typer.Option(min=0, metavar="N", help="Steps of optimization after the network.")
]
VolumeShare = Annotated[
    float,
    typer.Option(
        min=0.0,
        max=1.0,
        metavar="C",
        help="How much volume counts, for a network trained with conditional = true.",
    ),
]
FixedSeries = Annotated[str | None, given("Which DICOM series of the folder FIXED.", metavar="UID")]
MovingSeries = Annotated[
    str | None, given("Which DICOM series of the folder MOVING.", metavar="UID")
]
Dates = Annotated[
    tuple[str, str] | None,
    given("Dates of FIXED and MOVING for the report; DICOM tells them.", metavar="F M"),
]
Seed = Annotated[int, typer.Option(help="The same seed gives the same result.")]
Report = Annotated[
    bool, typer.Option("--report/--no-report", help="Write report.html into the folder.")
]
ReplaceResult = Annotated[
    bool, typer.Option("--force", help="Replace an earlier result in the output folder.")
]
