"""Rigid and affine alignment of two scans."""

from __future__ import annotations

import numpy as np

from vpreg.images.image import Image
from vpreg.progress import Progress, Stage
from vpreg.solvers.affine_foreground import find_foreground
from vpreg.solvers.affine_kind import AffineAlignment, AffineKind
from vpreg.solvers.affine_ladder import Ladder
from vpreg.solvers.affine_levels import CoarseScan, coarse_scans
from vpreg.solvers.affine_loss import AffineLoss
from vpreg.solvers.affine_parameters import AFFINE_COUNT, RIGID_COUNT, Chart
from vpreg.solvers.affine_start import Evidence, best_starts, starts, turned

__all__ = ["AffineAlignment", "AffineKind", "align_affine"]

Pair = tuple[CoarseScan, CoarseScan]

_SPACINGS_MM = (2.0, 4.0, 8.0)
_TRIED = 3
# Bodies do not differ more than this along any axis: an affine beyond it has lost its way.
_LARGEST_STRETCH = 1.8
_LEAST_OVERLAP = 0.02


def align_affine(
    fixed: Image,
    moving: Image,
    *,
    kind: AffineKind,
    fixed_mask: Image | None = None,
    moving_mask: Image | None = None,
    progress: Progress,
) -> AffineAlignment:
    """Align two scans of any grids; masks are not zero where a scan may be looked at.

    Scale and offset of the grey values do not matter. Progress may raise Cancelled. ValueError if
    a scan is constant, a mask does not fit, or the scans do not overlap.
    """
    _check_mask(fixed, fixed_mask, "fixed")
    _check_mask(moving, moving_mask, "moving")
    progress.report(Stage.AFFINE, 0.0)
    scans = [coarse_scans(fixed, fixed_mask, _SPACINGS_MM)]
    scans.append(coarse_scans(moving, moving_mask, _SPACINGS_MM))
    fine, middle, coarse = zip(*scans, strict=True)
    if kind is AffineKind.NONE:
        result = _measured(np.eye(4), middle)
    else:
        result = _aligned(fine, middle, coarse, kind, progress)
    progress.report(Stage.AFFINE, 1.0)
    return result


def _aligned(
    fine: Pair, middle: Pair, coarse: Pair, kind: AffineKind, progress: Progress
) -> AffineAlignment:
    rigid, curvature = _rigid_start(coarse, progress)
    if kind is AffineKind.AFFINE:
        ladder = Ladder(progress, [0.1, 0.2, 0.4], curvature, done=0.3)
        chart = ladder.climb(AffineLoss(*coarse), rigid, count=AFFINE_COUNT, iterations=20)
        chart = ladder.climb(AffineLoss(*middle), chart, count=AFFINE_COUNT, iterations=20)
        chart = ladder.climb(AffineLoss(*fine), chart, count=AFFINE_COUNT, iterations=10)
        if _is_plausible(chart.start):
            return _measured(chart.start, fine)
    ladder = Ladder(progress, [0.2, 0.5], curvature, done=0.3)
    chart = ladder.climb(AffineLoss(*middle), rigid, count=RIGID_COUNT, iterations=20)
    chart = ladder.climb(AffineLoss(*fine), chart, count=RIGID_COUNT, iterations=10)
    return _measured(chart.start, fine)


def _rigid_start(coarse: Pair, progress: Progress) -> tuple[Chart, np.ndarray | None]:
    """Follow the most promising starts at the coarsest voxels, and keep the best end."""
    fixed, moving = coarse
    body = find_foreground(fixed, name="fixed")
    moving_body = find_foreground(moving, name="moving")
    evidence = Evidence(fixed, moving)
    ends = []
    candidates = starts(
        fixed, moving, fixed_body=body, moving_body=moving_body, spacing_mm=_SPACINGS_MM[-1]
    )
    chart = Chart(best_starts(candidates, evidence, 1)[0], body.centre_lps, body.radius_mm)
    loss = AffineLoss(*coarse)
    tried = best_starts([*candidates, *turned(chart)], evidence, _TRIED)
    for number, start in enumerate(tried):
        ladder = Ladder(progress, [0.05, 0.05], done=0.1 * number)
        end = ladder.climb(loss, chart.moved_to(start), count=RIGID_COUNT, iterations=20)
        # The first search may have brought more of the scans into sight of each other.
        end = ladder.climb(loss, end, count=RIGID_COUNT, iterations=20)
        ends.append((evidence.of(end.start), -number, end, ladder.inverse_curvature))
    _, _, best, curvature = max(ends, key=lambda end: end[:2])
    return best, curvature


def _measured(matrix_lps: np.ndarray, scans: Pair) -> AffineAlignment:
    loss = AffineLoss(*scans)
    loss.look_from(matrix_lps)
    if loss.weight is not None and float(loss.weight.mean()) < _LEAST_OVERLAP * _shown(scans[0]):
        msg = (
            "Check that both scans show the same part of the body, and that their masks leave it "
            "in sight: they do not overlap. Where the scanner frames differ, choose a rigid or an "
            "affine alignment."
        )
        raise ValueError(msg)
    return AffineAlignment(matrix_lps, 1.0 - loss.value(matrix_lps))


def _shown(scan: CoarseScan) -> float:
    return float(scan.shown().mean())


def _is_plausible(matrix_lps: np.ndarray) -> bool:
    stretches = np.linalg.svd(matrix_lps[:3, :3], compute_uv=False)
    return bool(stretches.max() <= _LARGEST_STRETCH and stretches.min() >= 1 / _LARGEST_STRETCH)


def _check_mask(image: Image, mask: Image | None, name: str) -> None:
    if mask is None:
        return
    if not mask.grid.matches(image.grid):
        msg = f"Resample the {name} mask to the grid of the {name} scan first: they differ."
        raise ValueError(msg)
    if not bool((mask.voxels != 0).any()):
        msg = f"Give a {name} mask with at least one voxel: this one is empty."
        raise ValueError(msg)
