"""What lies over the images, seen on drawn slices."""

from __future__ import annotations

import numpy as np
import pytest
import slicer
from VolumePreservingRegLib.review.compare import Compare
from VolumePreservingRegLib.review.legends import legend_of
from VolumePreservingRegLib.review.overlay_layers import OverlayLayer
from VolumePreservingRegLib.review.overlays import Overlay

BASELINE, FOLLOW_UP = (40, 40, 40), (80, 80, 80)
LEFT, RIGHT = np.s_[150, 20], np.s_[150, 150]  # of a picture; the patient's right is on its left


def colour_change(picture, place, grey):
    return np.abs(picture[place].astype(int) - grey).max()


def test_the_mask_is_seen_where_tumor_is_and_nowhere_else(stage, review):
    review.setOverlay(Overlay.SOFT_MASK)

    picture = stage.picture("Red")
    assert colour_change(picture, RIGHT, BASELINE) > 40
    assert tuple(picture[LEFT]) == BASELINE


@pytest.mark.parametrize("name", ["Red", "Green"])
def test_folds_are_seen_in_every_view_of_the_baseline(stage, review, name):
    review.setOverlay(Overlay.FOLDS)

    picture = stage.picture(name)

    assert colour_change(picture, RIGHT, BASELINE) > 40
    assert tuple(picture[LEFT]) == BASELINE


def test_more_opacity_hides_more_of_the_image(stage, review):
    review.setOverlay(Overlay.SOFT_MASK)
    review.setOpacity(0.2)
    little = colour_change(stage.picture("Red"), RIGHT, BASELINE)

    review.setOpacity(0.9)

    assert colour_change(stage.picture("Red"), RIGHT, BASELINE) > 2 * little


def test_nothing_laid_over_shows_the_image_as_before(stage, review):
    before = stage.picture("Red")
    review.setOverlay(Overlay.JACOBIAN)
    assert not np.array_equal(stage.picture("Red"), before)

    review.setOverlay(Overlay.NONE)

    assert np.array_equal(stage.picture("Red"), before)


def test_the_legend_is_drawn_with_the_volume_change_and_goes_with_it(stage, scans, review):
    review.setOverlay(Overlay.JACOBIAN)
    with_legend = stage.picture("Red")
    legend_of(scans.nodes.jacobian).SetVisibility(False)
    without = stage.picture("Red")

    assert np.any(with_legend != without)
    review.setOverlay(Overlay.SOFT_MASK)
    assert not legend_of(scans.nodes.jacobian).GetVisibility()


def test_the_legend_is_drawn_in_views_that_came_after_it(stage, scans, review):
    review.setOverlay(Overlay.JACOBIAN)

    review.setCompare(Compare.BASELINE_AND_ALIGNED)

    with_legend = stage.picture("VPRRight")
    legend_of(scans.nodes.jacobian).SetVisibility(False)
    assert np.any(with_legend[60:180, 180:] != stage.picture("VPRRight")[60:180, 180:])


def test_each_alignment_is_shown_with_its_own_volume_change(stage, scans, review):
    review.setOverlay(Overlay.JACOBIAN)

    review.setCompare(Compare.SIMILARITY_AND_VOLUME)

    over = [stage.composite(name).GetForegroundVolumeID() for name in ("VPRMiddle", "VPRRight")]
    assert over == [scans.nodes.similarityJacobian.GetID(), scans.nodes.jacobian.GetID()]


def test_the_follow_up_before_alignment_has_its_own_mask_and_no_volume_change(stage, scans, review):
    review.setCompare(Compare.BEFORE_AND_AFTER)
    composite = stage.composite("VPRTopAxial")

    review.setOverlay(Overlay.SOFT_MASK)
    assert composite.GetForegroundVolumeID() == scans.nodes.softMaskMoving.GetID()
    review.setOverlay(Overlay.JACOBIAN)

    assert composite.GetForegroundVolumeID() is None


def test_a_volume_that_the_user_blends_stays_below_the_overlay(stage, scans, review):
    composite = stage.composite("Red")
    composite.SetForegroundVolumeID(scans.aligned.GetID())
    composite.SetForegroundOpacity(1.0)

    review.setOverlay(Overlay.SOFT_MASK)

    assert composite.GetForegroundVolumeID() == scans.aligned.GetID()
    assert colour_change(stage.picture("Red"), RIGHT, (200, 200, 200)) > 40
    assert tuple(stage.picture("Red")[LEFT]) == (200, 200, 200)
    review.setOverlay(Overlay.NONE)
    assert composite.GetNumberOfAdditionalLayers() == 0


def test_a_view_of_something_else_gets_no_overlay(stage, scans, review):
    other = slicer.util.addVolumeFromArray(np.zeros((4, 4, 4), np.float32))
    stage.composite("Green").SetBackgroundVolumeID(other.GetID())

    review.setOverlay(Overlay.SOFT_MASK)

    assert stage.composite("Green").GetForegroundVolumeID() is None
    assert stage.composite("Red").GetForegroundVolumeID() == scans.nodes.softMask.GetID()


class OldComposite:
    """A slice composite node before 5.10: background, foreground and label alone."""

    def __init__(self):
        self.foreground, self.opacity = "users", 0.25

    def GetForegroundVolumeID(self):
        return self.foreground

    def SetForegroundVolumeID(self, identifier):
        self.foreground = identifier

    def GetForegroundOpacity(self):
        return self.opacity

    def SetForegroundOpacity(self, opacity):
        self.opacity = opacity


class VolumeWithID:
    def GetID(self):
        return "mask"


def test_an_older_slicer_lends_the_foreground_and_gets_it_back():
    composite = OldComposite()
    layer = OverlayLayer(composite)

    layer.show(VolumeWithID(), 0.7)
    lent = (composite.foreground, composite.opacity)
    layer.clear()

    assert lent == ("mask", 0.7)
    assert (composite.foreground, composite.opacity) == ("users", 0.25)
