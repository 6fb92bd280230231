"""Where to look first."""

from __future__ import annotations

import numpy as np
import slicer

from VolumePreservingRegLib.review.places import middle_voxel, place_of

Place = tuple[float, float, float]

HALF = 0.5


def first_place(volume) -> Place | None:
    """Return the middle of what a soft mask marks most, where known tumors count fully.

    None without a mask, or where it marks nothing.
    """
    if volume is None:
        return None
    from scipy import ndimage

    mask = slicer.util.arrayFromVolume(volume)
    pieces, count = ndimage.label(mask > HALF)
    if count == 0:
        return None
    weights = ndimage.sum_labels(mask, pieces, range(1, count + 1))
    heaviest = pieces == 1 + int(np.argmax(weights))
    return place_of(volume, middle_voxel(heaviest))
