"""Which lesion of the moving scan is which of the fixed scan, by place alone."""

from __future__ import annotations

import math
from collections.abc import Iterable

from vpreg.metrics.components import LesionIdentity
from vpreg.metrics.volumes import LabelVolume


def pair_lesions(
    moving: dict[int, LabelVolume], fixed: dict[int, LabelVolume], identity: LesionIdentity
) -> list[tuple[LabelVolume, LabelVolume]]:
    """Pair equal labels, or (for components, which have no identity) mutually nearest centroids.

    Centroids are compared in space, which asks for scans that are roughly aligned already.
    """
    if identity is LesionIdentity.LABELS:
        return [(moving[label], fixed[label]) for label in sorted(moving.keys() & fixed.keys())]
    pairs = []
    for lesion in moving.values():
        other = _nearest(lesion, fixed.values())
        if other is not None and _nearest(other, moving.values()) == lesion:
            pairs.append((lesion, other))
    return pairs


def _nearest(lesion: LabelVolume, others: Iterable[LabelVolume]) -> LabelVolume | None:
    return min(
        others,
        key=lambda other: math.dist(lesion.centroid_lps, other.centroid_lps),
        default=None,
    )
