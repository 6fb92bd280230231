"""Let all methods take turns on one case."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch

from registration.case import Case
from registration.conversion_check import conversion_gap, conversion_warning
from registration.peer_run import Found, run_peer
from registration.preparation import Prepared, prepare
from registration.roster import AFFINE, OURS_SIMILARITY, PEERS
from registration.row import Row
from registration.scoring import Scores, score
from registration.shared_affine import shared_affine


def contest(
    case: Case, methods: Sequence[str], *, threads: int, left_out: dict[str, str]
) -> list[Row]:
    """Run every method on a case and score it; `left_out` takes a sentence for each that fails.

    Methods take turns within a case, so that whatever else the machine does falls on all alike.
    """
    affine_lps = shared_affine(case)
    found: dict[str, Found] = {}
    with tempfile.TemporaryDirectory(prefix="vpreg-bench-") as name:
        folder = Path(name)
        prepared = prepare(case, affine_lps, folder, threads=threads)
        for method in methods:
            if PEERS[method].needs_tumor and case.moving_tumor is None:
                continue
            outcome = run_peer(method, folder, threads=threads)
            if isinstance(outcome, str):
                left_out.setdefault(method, outcome)
            else:
                found[method] = outcome
    stage_1 = found[OURS_SIMILARITY].u if OURS_SIMILARITY in found else None
    rows = [_affine_row(prepared, stage_1)]
    return rows + [_row(method, own, prepared, stage_1) for method, own in found.items()]


def _row(method: str, found: Found, prepared: Prepared, stage_1: torch.Tensor | None) -> Row:
    return Row(
        group=prepared.case.group,
        case=prepared.case.name,
        method=method,
        scores=_scores(found.u, prepared, stage_1),
        seconds=found.seconds,
        call_seconds=found.call_seconds,
        peak_mib=found.peak_mib,
        warning=conversion_warning(conversion_gap(found, prepared)),
    )


def _affine_row(prepared: Prepared, stage_1: torch.Tensor | None) -> Row:
    case = prepared.case
    rest = torch.zeros((3, *case.fixed.grid.shape))
    scores = _scores(rest, prepared, stage_1)
    return Row(case.group, case.name, AFFINE, scores, math.nan, math.nan, math.nan)


def _scores(u: torch.Tensor, prepared: Prepared, stage_1: torch.Tensor | None) -> Scores:
    return score(u, prepared.case, prepared.affine_lps, stage_1=stage_1)
