"""From options of the command line to the settings of a job."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Any

FINEST_FIELD_FACTOR = 1.5


def plain_settings(**choices: Enum | str | int) -> dict[str, Any]:
    """Return choices as a job says them."""
    return {n: c.value if isinstance(c, Enum) else c for n, c in choices.items()}


def solver_settings(
    similarity: str, smoothness: float | None, iterations: str | None
) -> dict[str, Any]:
    """Return what both stages are told, and the levels of the first, as a job says it."""
    shared: dict[str, Any] = {"similarity": similarity}
    if smoothness is not None:
        shared["force_smoothing_voxels"] = smoothness
    first = shared | ({} if iterations is None else levels_of(iterations))
    return {"similarity": first, "volume": {"solver": shared}}


def network_settings(
    solver: str, model: str | None, refine: int, *, volume_share: float = 1.0
) -> dict[str, Any]:
    """Return which solver starts, and the model by a name that holds in another process."""
    if model is not None and Path(model).is_file():
        model = str(Path(model).absolute())
    chosen = {"solver": solver, "model": model or "", "refine": refine}
    return chosen | {"volume_share": volume_share}


def levels_of(iterations: str) -> dict[str, Any]:
    """Understand steps of each level, coarse to fine: the grids halve from one to the next."""
    try:
        counts = [int(word) for word in iterations.split(",")]
    except ValueError as error:
        msg = f"Give whole numbers with commas between them, as in 60,40,10: not {iterations}."
        raise ValueError(msg) from error
    coarser = range(len(counts) - 1, 0, -1)
    return {
        "iterations": counts,
        "factors": [*(2**level for level in coarser), 1],
        "field_factors": [*(1.0 for _ in coarser), FINEST_FIELD_FACTOR],
    }
