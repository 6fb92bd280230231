"""What a reader should know before trusting a result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vpreg.recipes.result import Result
from vpreg.recipes.settings import Settings
from vpreg.solvers.pair_settings import SimilarityKind

POOR_MATCH = 0.3
"""Squared local correlation: scans of one body part reach 0.5 and more, of different ones 0.2."""
LARGE_MASK = 0.5
SMALL_VIEW = 0.5
OTHER_CONTRAST = {SimilarityKind.MIND_SSC, SimilarityKind.MUTUAL_INFORMATION}


def doubts(result: Result, settings: Settings) -> list[str]:
    """Return sentences that say what looks wrong and what to do about it."""
    final: Mapping[str, Any] = result.figures["final"]
    view = (final.get("similarity") or {}).get("common_view_fraction")
    found = [*_match(final, settings), *_mask(result)]
    if view is not None and view < SMALL_VIEW:
        found.append(
            f"Look at the common part only: the moving scan covers {view:.0%} of the fixed one."
        )
    return found


def _match(final: Mapping[str, Any], settings: Settings) -> Iterator[str]:
    match = final["similarity_by_region"]["outside_mask"]
    if settings.similarity.similarity in OTHER_CONTRAST:
        return
    if match is not None and match < POOR_MATCH:
        yield (
            "Check that both scans show the same part of the body in the same contrast: after the "
            f"alignment they hardly match (local correlation\N{SUPERSCRIPT TWO} {match:.2f} of 1)."
        )


def _mask(result: Result) -> Iterator[str]:
    mask = result.soft_mask_fixed
    if mask is None:
        return
    organ = result.organ_fixed.voxels > 0.5
    share = float((mask.voxels > 0.5)[organ].float().mean()) if bool(organ.any()) else 0.0
    if share > LARGE_MASK:
        yield (
            f"Compare scans that are more alike, or give the organ: {share:.0%} of it looks like "
            "tissue without a counterpart and was hardly aligned."
        )
