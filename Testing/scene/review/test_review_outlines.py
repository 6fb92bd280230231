"""The outlines of tumors, each where its scan is shown."""

from __future__ import annotations

import numpy as np
import pytest
from VolumePreservingRegLib.review.compare import Compare


def is_outlined(stage, name, grey):
    return np.any(stage.picture(name)[30:] != grey)


@pytest.mark.usefixtures("outlined")
def test_the_tumor_of_the_baseline_is_outlined_on_baseline_and_aligned_scan(stage, review):
    review.setCompare(Compare.BEFORE_AND_AFTER)

    review.setOutlines(True)

    assert not is_outlined(stage, "VPRTopAxial", 80)
    assert is_outlined(stage, "VPRBottomAxial", 200)


@pytest.mark.usefixtures("outlined")
def test_an_outline_encloses_the_tumor_and_leaves_its_inside_free(stage, review):
    review.setOutlines(True)

    line = np.any(stage.picture("Red") != 40, axis=2)

    rows, columns = np.nonzero(line)
    assert 50 < np.ptp(rows) < 70  # a cube of 20 mm at 3 pixels a millimetre
    assert 50 < np.ptp(columns) < 70
    assert not line[120, 120]


def test_the_display_of_the_segmentation_is_left_as_found(stage, review, outlined):
    display = outlined.GetDisplayNode()
    display.SetVisibility2DFill(True)
    before = stage.picture("Red")
    review.setOutlines(True)

    review.setOutlines(False)

    assert np.array_equal(stage.picture("Red"), before)
    assert display.GetVisibility2DFill()
    assert not display.GetViewNodeIDs()
