"""`vpreg register`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from vpreg.cli.options import AsJson, Device
from vpreg.cli.register_options import (
    AffineChoice,
    AffineOption,
    Dates,
    Fixed,
    FixedMask,
    FixedOrgan,
    FixedSeries,
    FixedTumor,
    Iterations,
    Landmarks,
    MethodOption,
    ModeChoice,
    ModelOption,
    ModeOption,
    Moving,
    MovingMask,
    MovingSeries,
    MovingTumor,
    Organ,
    Output,
    Preset,
    RecipeChoice,
    RecipeOption,
    Refine,
    ReplaceResult,
    Report,
    Seed,
    SimilarityOption,
    Smoothness,
    SolverOption,
    StartOption,
    VolumeShare,
)
from vpreg.cli.register_settings import network_settings, plain_settings, solver_settings
from vpreg.recipes.method import Method
from vpreg.recipes.solver_kind import SolverKind
from vpreg.recipes.start_kind import StartKind
from vpreg.solvers.pair_settings import SimilarityKind

if TYPE_CHECKING:
    from vpreg.job.job import OrganChoice


def register(
    fixed: Fixed,
    moving: Moving,
    *,
    output: Output,
    recipe: RecipeOption = RecipeChoice.VOLUME_PRESERVING,
    mode: ModeOption = ModeChoice.FOLLOW_UP,
    method: MethodOption = Method.PROJECTED,
    preset: Preset = "auto",
    similarity: SimilarityOption = SimilarityKind.LOCAL_NCC,
    smoothness: Smoothness = None,
    iterations: Iterations = None,
    solver: SolverOption = SolverKind.PAIR,
    model: ModelOption = None,
    refine: Refine = 20,
    volume_share: VolumeShare = 1.0,
    affine: AffineOption = AffineChoice.AFFINE.value,
    start: StartOption = StartKind.AUTO,
    organ: Organ = None,
    fixed_organ: FixedOrgan = None,
    fixed_tumor: FixedTumor = None,
    moving_tumor: MovingTumor = None,
    fixed_mask: FixedMask = None,
    moving_mask: MovingMask = None,
    landmarks: Landmarks = None,
    fixed_series: FixedSeries = None,
    moving_series: MovingSeries = None,
    dates: Dates = None,
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
    settings = plain_settings(recipe=recipe, mode=mode, method=method, preset=preset, affine=kind)
    settings |= plain_settings(start=start, device=device, seed=seed)
    settings |= solver_settings(similarity.value, smoothness, iterations)
    settings |= network_settings(solver.value, model, refine, volume_share=volume_share)
    job = Job(
        **absolute(fixed=fixed, moving=moving, output=output),
        settings=settings,
        **organs_given(moving=organ, fixed=fixed_organ),
        **absolute(affine_file=affine_file, fixed_tumor=fixed_tumor, moving_tumor=moving_tumor),
        **absolute(fixed_mask=fixed_mask, moving_mask=moving_mask),
        **absolute(**of_both("landmarks", landmarks)),
        **of_both("series", (fixed_series, moving_series)),
        **of_both("date", dates),
        force=force,
        report=report,
    )
    register_files(job, as_json=as_json)


def absolute(**paths: Path | None) -> dict[str, Any]:
    """Return paths that mean the same in another process."""
    return {name: None if path is None else path.absolute() for name, path in paths.items()}


def of_both(what: str, pair: tuple[Any, Any] | None) -> dict[str, Any]:
    """Name what was given for the fixed and for the moving scan."""
    fixed, moving = pair or (None, None)
    return {f"fixed_{what}": fixed, f"moving_{what}": moving}


def affine_choice(word: str) -> tuple[str, Path | None]:
    """Understand a kind of alignment, or a file that takes its place."""
    if word in {choice.value for choice in AffineChoice}:
        return word, None
    return AffineChoice.NONE.value, Path(word).absolute()


def organs_given(*, fixed: str | None, moving: str | None) -> dict[str, Any]:
    """Name the organs as a job does."""
    return {"organ": organ_choice(moving), "fixed_organ": organ_choice(fixed)}


def organ_choice(word: str | None) -> OrganChoice | None:
    """Understand FILE or FILE:LABEL; a drive letter is no label."""
    from vpreg.job.job import OrganChoice

    if word is None:
        return None
    path, _, label = word.rpartition(":")
    if path and label.isdecimal():
        return OrganChoice(Path(path).absolute(), int(label))
    return OrganChoice(Path(word).absolute())
