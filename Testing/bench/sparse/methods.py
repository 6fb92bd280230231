"""Who lays the atlas over a sparse scan, and how."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from registration.handover import read_task, write_task

from sparse.preparation import Shared
from vpreg.images.resampling import resample_through
from vpreg.recipes.inputs import Inputs
from vpreg.recipes.prepare import normalise_scan
from vpreg.recipes.register import register
from vpreg.recipes.settings import Settings
from vpreg.recipes.sparse import register_sparse
from vpreg.recipes.sparse_inputs import SparseInputs
from vpreg.solvers.pair_settings import PairSettings, SimilarityKind


@dataclass(frozen=True)
class Laid:
    """A field in voxels of the fine grid, which the shared affine follows, and its seconds."""

    u: torch.Tensor
    seconds: float


def affine_only(shared: Shared) -> Laid:
    """Leave it at the shared affine."""
    return Laid(torch.zeros((3, *shared.measured().scan.grid.shape)), 0.0)


def sparse(shared: Shared, similarity: SimilarityKind = SimilarityKind.LOCAL_NCC) -> Laid:
    """Run the recipe as a user would."""
    registration = shared.settings.registration
    solver = replace(registration.similarity, similarity=similarity)
    settings = replace(
        shared.settings, registration=replace(registration, similarity=solver, device="cpu")
    )
    inputs = SparseInputs(shared.atlas, shared.thick, affine_lps=shared.affine_lps)
    result = register_sparse(inputs, settings=settings)
    return Laid(result.final.u, result.provenance.seconds_by_stage["similarity"])


def ours(shared: Shared, *, confidence: bool, profile: bool, window: int) -> Laid:
    """Run the same solver with or without what makes it sparse."""
    measured = shared.measured()
    inputs = Inputs(
        measured.scan,
        shared.atlas,
        affine_lps=shared.affine_lps,
        fixed_confidence=measured.confidence if confidence else None,
        fixed_profile=measured.profile if profile else None,
    )
    similarity = PairSettings(window_radius_voxels=window)
    settings: Settings = replace(shared.settings.registration, similarity=similarity, device="cpu")
    result = register(inputs, settings=settings)
    return Laid(result.final.u, result.provenance.seconds_by_stage["similarity"])


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


METHODS: dict[str, tuple[str, Callable[[Shared], Laid]]] = {
    "affine": ("affine only", affine_only),
    "unmasked": (
        "same solver, no mask",
        lambda s: ours(s, confidence=False, profile=False, window=3),
    ),
    "sparse": ("SparseVM per pair", sparse),
    "ants-syn": ("ANTs SyN, mutual information", ants),
    "unmasked-5": (
        "same solver, no mask, window of 5",
        lambda s: ours(s, confidence=False, profile=False, window=2),
    ),
    "mask-alone": (
        "mask, slices taken as points",
        lambda s: ours(s, confidence=True, profile=False, window=3),
    ),
    "profile-alone": (
        "slice profile, no mask",
        lambda s: ours(s, confidence=False, profile=True, window=3),
    ),
    "sparse-squares": (
        "SparseVM per pair, squares",
        lambda s: sparse(s, SimilarityKind.MEAN_SQUARES),
    ),
    "ants-syncc": (
        "ANTs SyN, CC 40/20/0",
        lambda s: ants(s, syn_metric="CC", syn_sampling=4, reg_iterations=(40, 20, 0)),
    ),
}
