"""`vpreg register`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vpreg.cli.options import AsJson, Device
from vpreg.cli.register_options import (
    AffineChoice,
    AffineOption,
    Fixed,
    FixedMask,
    FixedOrgan,
    FixedTumor,
    Landmarks,
    ModeChoice,
    ModeOption,
    Moving,
    MovingMask,
    MovingTumor,
    Organ,
    Output,
    Preset,
    RecipeChoice,
    RecipeOption,
    ReplaceResult,
    Report,
    Seed,
)

if TYPE_CHECKING:
    from vpreg.job.job import OrganChoice


def register(
    fixed: Fixed,
    moving: Moving,
    *,
    output: Output,
    recipe: RecipeOption = RecipeChoice.VOLUME_PRESERVING,
    mode: ModeOption = ModeChoice.FOLLOW_UP,
    preset: Preset = "auto",
    affine: AffineOption = AffineChoice.AFFINE.value,
    organ: Organ = None,
    fixed_organ: FixedOrgan = None,
    fixed_tumor: FixedTumor = None,
    moving_tumor: MovingTumor = None,
    fixed_mask: FixedMask = None,
    moving_mask: MovingMask = None,
    landmarks: Landmarks = None,
    device: Device = "auto",
    seed: Seed = 0,
    report: Report = True,
    force: ReplaceResult = False,
    as_json: AsJson = False,
) -> None:
    """Align two scans and keep the size of the tumor; Ctrl-C stops and leaves nothing.

    The folder holds the warped scan, the transforms, the change of volume, and a report.
    """
    from vpreg.cli.registering import register_files
    from vpreg.job.job import Job

    kind, affine_file = affine_choice(affine)
    settings = {"recipe": recipe.value, "mode": mode.value, "preset": preset, "affine": kind}
    points = landmarks or (None, None)
    job = Job(
        fixed=fixed.absolute(),
        moving=moving.absolute(),
        output=output.absolute(),
        settings={**settings, "device": device, "seed": seed},
        organ=organ_choice(organ),
        fixed_organ=organ_choice(fixed_organ),
        fixed_tumor=absolute(fixed_tumor),
        moving_tumor=absolute(moving_tumor),
        fixed_mask=absolute(fixed_mask),
        moving_mask=absolute(moving_mask),
        fixed_landmarks=absolute(points[0]),
        moving_landmarks=absolute(points[1]),
        affine_file=affine_file,
        force=force,
        report=report,
    )
    register_files(job, as_json=as_json)


def absolute(path: Path | None) -> Path | None:
    """Return a path that means the same in another process."""
    return None if path is None else path.absolute()


def affine_choice(word: str) -> tuple[str, Path | None]:
    """Understand a kind of alignment, or a file that takes its place."""
    if word in {choice.value for choice in AffineChoice}:
        return word, None
    return AffineChoice.NONE.value, Path(word).absolute()


def organ_choice(word: str | None) -> OrganChoice | None:
    """Understand FILE or FILE:LABEL; a drive letter is no label."""
    from vpreg.job.job import OrganChoice

    if word is None:
        return None
    path, _, label = word.rpartition(":")
    if path and label.isdecimal():
        return OrganChoice(Path(path).absolute(), int(label))
    return OrganChoice(Path(word).absolute())
