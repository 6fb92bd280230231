"""Who lays the atlas over a sparse scan, and how."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import torch
from registration.handover import read_task, write_task

from sparse.preparation import Shared
from vpreg.images.cropping import uncrop
from vpreg.images.image import Image
from vpreg.images.resampling import resample_through
from vpreg.networks.store import load_model
from vpreg.recipes.inputs import Inputs
from vpreg.recipes.prepare import Organs, Prepared, find_organ, normalise_scan, prepare
from vpreg.recipes.stages import Solver
from vpreg.solvers.network import NetworkSolver
from vpreg.solvers.objective import Objective
from vpreg.solvers.pair import PairSolver
from vpreg.solvers.pair_settings import PairSettings, SimilarityKind


@dataclass(frozen=True)
class Laid:
    """A field in voxels of the fine grid, which the shared affine follows, and its seconds."""

    u: torch.Tensor
    seconds: float


def affine_only(shared: Shared) -> Laid:
    """Leave it at the shared affine."""
    return Laid(torch.zeros((3, *shared.measured().scan.grid.shape)), 0.0)


def ours(
    shared: Shared,
    *,
    confidence: bool,
    profile: bool,
    window: int = 3,
    similarity: SimilarityKind = SimilarityKind.LOCAL_NCC,
) -> Laid:
    """Run the solver of the recipe with or without what makes it sparse."""
    ready = _prepared(shared, confidence=confidence, profile=profile)
    solver = PairSolver(PairSettings(window_radius_voxels=window, similarity=similarity))
    return _solved(solver, ready, shared, Objective(ready.fixed_weight, profile=ready.profile))


def trained(shared: Shared, *, model: Path) -> Laid:
    """Let a network that learned with the sparse loss see the interpolated scan, and no mask."""
    ready = _prepared(shared, confidence=False, profile=False)
    solver = NetworkSolver(load_model(str(model)), refine_iterations=0)
    return _solved(solver, ready, shared, Objective())


def _prepared(shared: Shared, *, confidence: bool, profile: bool) -> Prepared:
    measured, preset = shared.measured(), shared.settings.registration.preset
    fixed, moving = (normalise_scan(image, preset) for image in (measured.scan, shared.atlas))
    inputs = Inputs(
        measured.scan,
        shared.atlas,
        fixed_confidence=measured.confidence if confidence else None,
        fixed_profile=measured.profile if profile else None,
    )
    organs = Organs(find_organ(fixed, None), find_organ(moving, None))
    return prepare(inputs, fixed, moving, shared.affine_lps, organs=organs)


def _solved(solver: Solver, ready: Prepared, shared: Shared, objective: Objective) -> Laid:
    start = time.perf_counter()
    u = solver.solve(ready.fixed, ready.moving, objective=objective)
    seconds = time.perf_counter() - start
    whole_grid = shared.measured().scan.grid
    whole = [uncrop(Image(one, ready.grid), ready.box, whole_grid).voxels for one in u]
    return Laid(torch.stack(whole), seconds)


def ants(shared: Shared, **options: object) -> Laid:
    """Run ANTs SyN on the interpolated scan."""
    from registration.peers import ants_syn

    fixed = normalise_scan(shared.measured().scan, "brain-mr")
    atlas = normalise_scan(shared.atlas, "brain-mr")
    moving = resample_through(atlas, fixed.grid, shared.affine_lps)
    with tempfile.TemporaryDirectory(prefix="vpreg-bench-") as name:
        settings = {"spacing_mm": fixed.grid.spacing_mm, "threads": 1}
        write_task(Path(name), {"fixed": fixed.array, "moving": moving.array}, settings)
        start = time.perf_counter()
        answer = ants_syn.register(read_task(Path(name)), Path(name), **options)
        seconds = answer.seconds or time.perf_counter() - start
    return Laid(torch.from_numpy(answer.u.copy()), seconds)


TRAINED = "network"
"""The method that is told its model."""

METHODS: dict[str, tuple[str, Callable[..., Laid]]] = {
    "affine": ("affine only", affine_only),
    "unmasked": ("same solver, no mask", partial(ours, confidence=False, profile=False)),
    "sparse": ("SparseVM per pair", partial(ours, confidence=True, profile=True)),
    TRAINED: ("SparseVM as a trained network", trained),
    "ants-syn": ("ANTs SyN, mutual information", ants),
    "unmasked-5": (
        "same solver, no mask, window of 5",
        partial(ours, confidence=False, profile=False, window=2),
    ),
    "mask-alone": ("mask, slices taken as points", partial(ours, confidence=True, profile=False)),
    "profile-alone": ("slice profile, no mask", partial(ours, confidence=False, profile=True)),
    "sparse-squares": (
        "SparseVM per pair, squares",
        partial(ours, confidence=True, profile=True, similarity=SimilarityKind.MEAN_SQUARES),
    ),
    "unmasked-squares": (
        "same solver, no mask, squares",
        partial(ours, confidence=False, profile=False, similarity=SimilarityKind.MEAN_SQUARES),
    ),
    "ants-syncc": (
        "ANTs SyN, CC 40/20/0",
        partial(ants, syn_metric="CC", syn_sampling=4, reg_iterations=(40, 20, 0)),
    ),
}
