"""Which place the user looks at."""

from __future__ import annotations

import numpy as np

from VolumePreservingRegLib.review.protocols import LayoutManager
from VolumePreservingRegLib.review.views import shown_views

Place = tuple[float, ...]


def place_looked_at(layoutManager: LayoutManager, *, near: Place | None) -> Place | None:
    """Return the RAS point where the slices on the screen cross, or None without any image.

    Slices of one direction cross nowhere: then it is the point of the first one next to `near`, or
    to the middle of a view.
    """
    slices = [
        view.mrmlSliceNode().GetSliceToRAS()
        for view in shown_views(layoutManager)
        if view.mrmlSliceCompositeNode().GetBackgroundVolumeID()
    ]
    if not slices:
        return None
    place = _column(slices[0], 3) if near is None else np.array(near)
    for matrix in reversed(slices):
        middle, normal = _column(matrix, 3), _column(matrix, 2)
        place = place + normal * (normal @ (middle - place))
    return tuple(place.tolist())


def _column(matrix, number: int) -> np.ndarray:
    return np.array([matrix.GetElement(row, number) for row in range(3)])


def is_inside(volume, place: Place) -> bool:
    """Say whether a RAS point lies within the bounds of a volume."""
    bounds = [0.0] * 6
    volume.GetRASBounds(bounds)
    return all(bounds[2 * axis] <= place[axis] <= bounds[2 * axis + 1] for axis in range(3))
