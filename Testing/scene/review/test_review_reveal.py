"""Checkerboard and wipe, seen on drawn slices."""

from __future__ import annotations

import numpy as np
import pytest
import slicer
from VolumePreservingRegLib.review.compare import Compare
from VolumePreservingRegLib.review.overlays import Overlay
from VolumePreservingRegLib.review.reveal import Reveal

SIZE = 240


def greys(picture, row=120):
    return picture[row, :, 0].astype(int)


def border(picture):
    """Return the first column that shows the aligned scan."""
    return int(np.argmax(greys(picture) == 200))


@pytest.mark.parametrize("place", [0.25, 0.5, 0.9])
def test_left_of_the_border_is_the_baseline_and_right_the_follow_up(stage, review, place):
    review.setReveal(Reveal.WIPE, place)

    row = greys(stage.picture("Red"))

    column = round(place * SIZE)
    assert set(row[: column - 1]) == {40}
    assert set(row[column + 1 :]) == {200}


def test_the_slider_moves_the_border(stage, review):
    review.setReveal(Reveal.WIPE, 0.2)
    first = border(stage.picture("Red"))

    review.setReveal(Reveal.WIPE, 0.6)

    assert first == pytest.approx(0.2 * SIZE, abs=1)
    assert border(stage.picture("Red")) == pytest.approx(0.6 * SIZE, abs=1)


def test_the_border_follows_the_mouse_in_its_view_until_told_not_to(stage, review):
    review.setReveal(Reveal.WIPE, 0.5)
    review.setWipeFollowsMouse(True)
    crosshair = stage.scene.GetSingletonNode("default", "vtkMRMLCrosshairNode")
    red = stage.layouts.sliceWidget("Red").mrmlSliceNode()

    crosshair.SetCursorPositionXYZ([60.0, 100.0, 0.0], red)
    followed = border(stage.picture("Red")), border(stage.picture("Green"))
    review.setWipeFollowsMouse(False)
    crosshair.SetCursorPositionXYZ([200.0, 100.0, 0.0], red)

    assert followed == (pytest.approx(60, abs=1), pytest.approx(120, abs=1))
    assert border(stage.picture("Red")) == followed[0]


@pytest.mark.parametrize("cells", [2, 6, 10])
def test_a_checkerboard_has_as_many_fields_across_as_asked(stage, review, cells):
    review.setReveal(Reveal.CHECKERBOARD, cells)

    row = greys(stage.picture("Red"), row=SIZE - 5)

    assert np.count_nonzero(np.diff(row)) == cells - 1
    assert set(row) == {40, 200}


def test_the_fields_of_a_wide_view_are_square(stage, review):
    widget = stage.layouts.sliceWidget("Red")
    widget.sliceView().renderWindow().SetSize(480, 240)
    review.setReveal(Reveal.CHECKERBOARD, 8)

    widget.sliceLogic().ResizeSliceNode(480, 240)

    picture = stage.picture("Red")
    columns = np.flatnonzero(np.diff(picture[200, 130:350, 0].astype(int)))
    rows = np.flatnonzero(np.diff(picture[:, 130, 0].astype(int)))
    assert set(np.diff(columns)) == {60}
    assert set(np.diff(rows)) == {60}


def test_a_mixture_follows_the_slice(stage, scans, review):
    voxels = slicer.util.arrayFromVolume(scans.aligned)
    voxels[30] = 90
    slicer.util.arrayFromVolumeModified(scans.aligned)
    review.setReveal(Reveal.WIPE, 0.5)
    at_middle = greys(stage.picture("Red"))[200]

    stage.layouts.sliceWidget("Red").sliceLogic().SetSliceOffset(2.0 * (30 - 19.5))

    assert at_middle == 200
    assert greys(stage.picture("Red"))[200] == 90


def test_a_mixture_follows_the_window_and_level(stage, scans, review):
    review.setReveal(Reveal.WIPE, 0.5)
    scans.aligned.GetDisplayNode().SetWindowLevelMinMax(0, 400)

    row = greys(stage.picture("Red"))

    assert row[200] == pytest.approx(200 * 255 / 400, abs=1)
    assert row[20] == 40


def test_the_overlay_lies_over_the_mixture_too(stage, review):
    review.setReveal(Reveal.WIPE, 0.25)
    review.setOverlay(Overlay.SOFT_MASK)

    picture = stage.picture("Red")

    assert tuple(picture[120, 20]) == (40, 40, 40)
    assert tuple(picture[120, 90]) == (200, 200, 200)
    assert tuple(picture[120, 200]) != (200, 200, 200)


def test_beside_the_baseline_the_follow_ups_are_mixed_with_it(stage, review):
    review.setCompare(Compare.SIMILARITY_AND_VOLUME)

    review.setReveal(Reveal.WIPE, 0.5)

    seen = [greys(stage.picture(name))[[60, 180]] for name in ("VPRLeft", "VPRMiddle", "VPRRight")]
    assert [tuple(pair) for pair in seen] == [(40, 40), (40, 120), (40, 200)]


@pytest.mark.usefixtures("outlined")
def test_outlines_are_drawn_above_the_mixture(stage, review):
    review.setOutlines(True)
    plain = stage.picture("Red")

    review.setReveal(Reveal.CHECKERBOARD, 2)

    line = np.any(plain != 40, axis=2)
    assert line.any()
    assert np.array_equal(stage.picture("Red")[line], plain[line])


def test_the_picture_and_the_scene_are_as_before_without_it(stage, review):
    before, nodes = stage.picture("Red"), stage.scene.GetNumberOfNodes()
    renderer = stage.layouts.sliceWidget("Red").sliceView().renderWindow().GetRenderers()
    props = renderer.GetFirstRenderer().GetViewProps().GetNumberOfItems()
    review.setReveal(Reveal.CHECKERBOARD)
    stage.picture("Red")

    review.setReveal(Reveal.NONE)

    assert np.array_equal(stage.picture("Red"), before)
    assert stage.scene.GetNumberOfNodes() == nodes
    assert renderer.GetFirstRenderer().GetViewProps().GetNumberOfItems() == props
