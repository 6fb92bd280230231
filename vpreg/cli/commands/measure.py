"""`vpreg measure`."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from vpreg.cli.figures import print_json, print_sections, print_sentence
from vpreg.cli.options import AsJson, Device

MEANING_OF_STSR = (
    "STSR is a property of the alignment: 1 says that the warp kept the size of the tumor in "
    "proportion to the organ, not that the disease is stable."
)


class Lesions(Enum):
    """How lesions are told apart, named here once more: the engine's enum would load torch."""

    COMPONENTS = "components"
    LABELS = "labels"


def given(help_text: str) -> typer.models.OptionInfo:
    """Return the option for a file that may be left out."""
    option: typer.models.OptionInfo = typer.Option(
        help=help_text, metavar="FILE", show_default=False
    )
    return option


def measure(
    fixed: Annotated[Path, typer.Argument(metavar="FIXED", help="Scan that stays.")],
    moving: Annotated[Path, typer.Argument(metavar="MOVING", help="Scan that was aligned.")],
    *,
    transform: Annotated[
        Path | None, given("Transform to judge; without it, the scans as they lie.")
    ] = None,
    fixed_labels: Annotated[Path | None, given("Structures in the fixed scan.")] = None,
    moving_labels: Annotated[Path | None, given("The same structures in the moving scan.")] = None,
    fixed_tumor: Annotated[Path | None, given("Tumor alone, in the fixed scan.")] = None,
    moving_tumor: Annotated[Path | None, given("Tumor alone, in the moving scan.")] = None,
    moving_organ: Annotated[Path | None, given("Organ with the tumor, moving scan.")] = None,
    fixed_landmarks: Annotated[Path | None, given("Points: .csv (LPS mm) or .mrk.json.")] = None,
    moving_landmarks: Annotated[Path | None, given("The same points, moving scan.")] = None,
    lesions: Annotated[
        Lesions, typer.Option(help="A lesion is a connected component, or a label.")
    ] = Lesions.COMPONENTS,
    tolerance_mm: Annotated[
        float, typer.Option(min=0.0, help="Distance at which surfaces count as agreeing.")
    ] = 1.0,
    device: Device = "auto",
    as_json: AsJson = False,
) -> None:
    """Measure a registration: tumor size, overlap, distances, similarity, folds.

    Each figure needs its files of both scans; what was not given is left out.
    """
    from vpreg.cli.measuring import measure_files, read_scan
    from vpreg.metrics.components import LesionIdentity
    from vpreg.recipes.device_choice import choose_device

    place = choose_device(device)
    found = measure_files(
        transform,
        fixed=read_scan(
            fixed, labels=fixed_labels, tumor=fixed_tumor, landmarks=fixed_landmarks, device=place
        ),
        moving=read_scan(
            moving,
            labels=moving_labels,
            tumor=moving_tumor,
            organ=moving_organ,
            landmarks=moving_landmarks,
            device=place,
        ),
        lesions=LesionIdentity(lesions.value),
        nsd_tolerance_mm=tolerance_mm,
    )
    if as_json:
        print_json(found)
        return
    print_sections("Measurements", found)
    if found["tumor"] is not None:
        print_sentence(MEANING_OF_STSR)
