"""`vpreg sparse`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from vpreg.cli.commands.register import absolute, affine_choice
from vpreg.cli.options import AsJson, Device
from vpreg.cli.register_options import (
    AffineChoice,
    AffineOption,
    ModeChoice,
    ModelOption,
    ModeOption,
    Output,
    Preset,
    RecipeChoice,
    RecipeOption,
    Refine,
    ReplaceResult,
    Report,
    Seed,
    SimilarityOption,
    SolverOption,
)
from vpreg.cli.register_settings import network_settings, solver_settings
from vpreg.cli.sparse_options import (
    AcquiredChoice,
    AcquiredOption,
    Atlas,
    AtlasChoice,
    AtlasKind,
    AtlasLabels,
    AtlasTumor,
    Excluded,
    Scan,
    ScanLabels,
    ScanMask,
    Thickness,
    Voxel,
)
from vpreg.recipes.solver_kind import SolverKind
from vpreg.solvers.pair_settings import SimilarityKind


def sparse(
    atlas: Atlas,
    scan: Scan,
    *,
    output: Output,
    atlas_labels: AtlasLabels = None,
    scan_labels: ScanLabels = None,
    acquired: AcquiredOption = None,
    scan_mask: ScanMask = None,
    thickness: Thickness = None,
    voxel: Voxel = 1.0,
    atlas_kind: AtlasKind = AtlasChoice.FULL,
    exclude: Excluded = None,
    similarity: SimilarityOption = SimilarityKind.LOCAL_NCC,
    recipe: RecipeOption = RecipeChoice.SIMILARITY,
    mode: ModeOption = ModeChoice.ATLAS,
    atlas_tumor: AtlasTumor = None,
    solver: SolverOption = SolverKind.PAIR,
    model: ModelOption = None,
    refine: Refine = 20,
    preset: Preset = "auto",
    affine: AffineOption = AffineChoice.AFFINE.value,
    device: Device = "auto",
    seed: Seed = 0,
    report: Report = True,
    force: ReplaceResult = False,
    as_json: AsJson = False,
) -> None:
    """Align an atlas with a clinical scan of few slices, by what was measured alone.

    The folder holds the warped atlas, its labels, the transforms, and what was measured.
    """
    from vpreg.cli.registering import register_files
    from vpreg.job.job import Job
    from vpreg.job.sparse_part import SparsePart

    kind, affine_file = affine_choice(affine)
    pair: dict[str, Any] = {"recipe": recipe.value, "mode": mode.value, "preset": preset}
    pair |= {"affine": kind, "device": device, "seed": seed}
    pair |= solver_settings(similarity.value, None, None) | network_settings(
        solver.value, model, refine
    )
    part = absolute(acquired=scan_mask, excluded=exclude)
    part |= absolute(atlas_labels=atlas_labels, scan_labels=scan_labels)
    job = Job(
        **absolute(fixed=scan, moving=atlas, output=output, moving_tumor=atlas_tumor),
        settings={
            "acquired": acquired_choice(acquired, scan_mask).value,
            "thickness_mm": 0.0 if thickness is None else thickness,
            "voxel_mm": voxel,
            "atlas": atlas_kind.value,
            "registration": pair,
        },
        affine_file=affine_file,
        sparse=SparsePart(**part),
        force=force,
        report=report,
    )
    register_files(job, as_json=as_json)


def acquired_choice(choice: AcquiredChoice | None, mask: Path | None) -> AcquiredChoice:
    """Take a mask at its word; ValueError where the two contradict each other."""
    if choice is None:
        return AcquiredChoice.GEOMETRY if mask is None else AcquiredChoice.MASK
    if (choice is AcquiredChoice.MASK) != (mask is not None):
        msg = "Give --scan-mask together with --acquired mask, or neither of them."
        raise ValueError(msg)
    return choice
