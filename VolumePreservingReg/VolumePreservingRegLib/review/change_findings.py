"""Find where an alignment shrinks and where it stretches tissue most."""

from __future__ import annotations

import numpy as np
from slicer.i18n import tr as _

from VolumePreservingRegLib.review.finding import Finding, FindingKind, Severity
from VolumePreservingRegLib.review.places import place_of

SMOOTHING_MM = 2.0
LEAST_LOG2 = 0.1  # 7 %: less is no finding
DOUBLED_LOG2 = 1.0


def change_findings(volume, log2: np.ndarray, *, region: np.ndarray) -> list[Finding]:
    """Return the strongest shrink and the strongest growth within a region, if there are any.

    `log2` (K, J, I) is the logarithm of the determinant on the voxels of `volume`: above 0 tissue
    shrinks. It is smoothed a little, so that single voxels do not count.
    """
    if not region.any():
        return []
    box = bounding_box(region)
    smooth, inside = smoothed(log2[box], volume.GetSpacing()), region[box]
    found = []
    for kind, sign in ((FindingKind.SHRINK, 1), (FindingKind.GROWTH, -1)):
        strength = np.where(inside, sign * smooth, -np.inf)
        kji = np.unravel_index(np.argmax(strength), strength.shape)
        if strength[kji] >= LEAST_LOG2:
            place = place_of(volume, [at + part.start for at, part in zip(kji, box, strict=True)])
            found.append(change_finding(kind, float(smooth[kji]), place))
    return found


def bounding_box(mask: np.ndarray) -> tuple[slice, ...]:
    """Return the slices of the smallest box that holds all of a mask."""
    extents = []
    for axis in range(mask.ndim):
        others = tuple(other for other in range(mask.ndim) if other != axis)
        inside = np.flatnonzero(mask.any(axis=others))
        extents.append(slice(int(inside[0]), int(inside[-1]) + 1))
    return tuple(extents)


def smoothed(log2: np.ndarray, spacing_mm) -> np.ndarray:
    """Smooth lightly, by a distance in millimetres; spacing is that of i, j and k."""
    from scipy import ndimage

    sigma = [SMOOTHING_MM / spacing for spacing in reversed(spacing_mm)]
    return ndimage.gaussian_filter(log2.astype(np.float32), sigma, mode="nearest", truncate=2.0)


def change_finding(kind: FindingKind, log2: float, place) -> Finding:
    """Say a change of size in plain words: 1/det is the size that tissue is left with."""
    texts = {
        FindingKind.SHRINK: _(
            "Strongest squeezing: alignment makes tissue {percent} % of its size"
        ),
        FindingKind.GROWTH: _(
            "Strongest stretching: alignment makes tissue {percent} % of its size"
        ),
    }
    percent = f"{100 * 2.0**-log2:.0f}"
    severity = Severity.LOOK if abs(log2) >= DOUBLED_LOG2 else Severity.NOTE
    return Finding(kind, texts[kind].format(percent=percent), place, severity)
