"""The arguments and options of `vpreg sparse`."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from vpreg.cli.register_options import given


class AcquiredChoice(Enum):
    """Where the slices come from, named here once more: the engine's enum would load torch."""

    GEOMETRY = "geometry"
    MASK = "mask"
    DETECT = "detect"


class AtlasChoice(Enum):
    """How the atlas was measured, named here once more."""

    FULL = "full"
    SLICES = "slices"


Atlas = Annotated[Path, typer.Argument(metavar="ATLAS", help="Research scan to align with it.")]
Scan = Annotated[
    Path, typer.Argument(metavar="SCAN", help="Scan with few slices: a file or a DICOM folder.")
]
AtlasLabels = Annotated[Path | None, given("Label map of ATLAS to carry over to SCAN.")]
ScanLabels = Annotated[Path | None, given("Label map of SCAN to compare with.")]
ScanMask = Annotated[
    Path | None, given("Where SCAN was measured, 0 to 1; implies --acquired mask.")
]
AcquiredOption = Annotated[
    AcquiredChoice | None,
    typer.Option(
        "--acquired",
        help="How the slices are known: by thick voxels, by --scan-mask, or by the grey values "
        "of a scan that was interpolated linearly.  [default: geometry]",
        show_default=False,
    ),
]
Thickness = Annotated[
    float | None,
    typer.Option(
        metavar="MM",
        help="Thickness of a slice; without it there are no gaps.",
        show_default=False,
    ),
]
Voxel = Annotated[
    float, typer.Option(metavar="MM", help="About the voxels to compare on; coarser is faster.")
]
AtlasKind = Annotated[
    AtlasChoice, typer.Option("--atlas-kind", help="slices: ATLAS has thick slices itself.")
]
Excluded = Annotated[Path | None, given("Lesions in SCAN that ATLAS does not have: not compared.")]
AtlasTumor = Annotated[Path | None, given("Label map of tumors in ATLAS, which keep their volume.")]
