"""Where to look first at a new result."""

from __future__ import annotations

import numpy as np
import pytest
import slicer
from VolumePreservingRegLib.review.first_place import first_place

pytestmark = pytest.mark.usefixtures("scene")

SPACING_MM = 2.0


def mask_with(**pieces):
    """Make a soft mask with cubes of five voxels, by their corner and weight."""
    array = np.zeros((40, 40, 40), dtype=np.float32)
    for corner, weight in pieces.values():
        k, j, i = corner
        array[k : k + 5, j : j + 5, i : i + 5] = weight
    return slicer.util.addVolumeFromArray(array, np.diag([SPACING_MM] * 3 + [1.0]))


def test_the_middle_of_what_is_marked_most_comes_first():
    tumor, healthy = ((10, 12, 14), 1.0), ((30, 30, 30), 0.6)

    place = first_place(mask_with(tumor=tumor, healthy=healthy))

    # i, j, k of the middle voxel, in millimetres.
    assert place == (16 * SPACING_MM, 14 * SPACING_MM, 12 * SPACING_MM)


def test_faint_marks_are_no_place_to_look_at():
    assert first_place(mask_with(faint=((10, 10, 10), 0.4))) is None


def test_a_result_without_a_mask_has_no_such_place():
    assert first_place(None) is None
