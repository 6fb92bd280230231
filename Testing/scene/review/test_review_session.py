"""The review as the panel holds it: jumping, and letting go in every way."""

from __future__ import annotations

import gc

import numpy as np
import pytest
import slicer
from VolumePreservingRegLib.review.compare import Compare
from VolumePreservingRegLib.review.cursor import Cursor
from VolumePreservingRegLib.review.finding import Finding, FindingKind, Severity
from VolumePreservingRegLib.review.overlays import Overlay
from VolumePreservingRegLib.review.reveal import Reveal, RevealedView
from VolumePreservingRegLib.review.scene_watch import SceneWatch
from VolumePreservingRegLib.review.session import Review

PLACE = (12.0, -7.0, 21.0)
FINDING = Finding(FindingKind.FOLD, "here", PLACE, Severity.PROBLEM)


def ras_at_middle(widget):
    node = widget.mrmlSliceNode()
    width, height, _ = node.GetDimensions()
    return node.GetXYToRAS().MultiplyPoint((width / 2, height / 2, 0.0, 1.0))[:3]


@pytest.mark.parametrize("compare", [None, Compare.BASELINE_AND_ALIGNED, Compare.BEFORE_AND_AFTER])
def test_a_finding_comes_to_the_middle_of_all_views(stage, review, compare):
    review.setCompare(compare)

    review.jump(FINDING)

    names = stage.layouts.sliceViewNames()
    middles = [ras_at_middle(stage.layouts.sliceWidget(name)) for name in names]
    assert middles == [pytest.approx(PLACE, abs=1.0)] * len(names)


def test_wishes_without_a_result_are_kept_for_the_first(stage, scans):
    stage.fill_background(scans.baseline)
    review = Review(layoutManager=stage.layouts, timerFactory=stage.make_timer)
    review.setOverlay(Overlay.SOFT_MASK)
    review.setReveal(Reveal.WIPE, 0.25)
    review.setCompare(Compare.BASELINE_AND_ALIGNED)

    review.setScans(scans)

    picture = stage.picture("VPRRight")
    assert tuple(picture[120, 20]) == (40, 40, 40)
    assert tuple(picture[120, 80]) == (200, 200, 200)
    assert review.findings() != []
    review.close()


def turn_everything_on(review):
    review.setCompare(Compare.BASELINE_AND_ALIGNED)
    review.setOverlay(Overlay.JACOBIAN)
    review.setReveal(Reveal.WIPE, 0.4)
    review.setWipeFollowsMouse(True)
    review.setOutlines(True)
    review.setFlicker(True)


def watchers_alive():
    """Name the objects that live as long as something that they observe calls them."""
    gc.collect()
    watchers = (Review, SceneWatch, Cursor, RevealedView)
    return [type(found).__name__ for found in gc.get_objects() if isinstance(found, watchers)]


def test_nothing_is_observed_after_the_end(stage, scans):
    stage.fill_background(scans.baseline)
    references = [volume.GetReferenceCount() for volume in (scans.baseline, scans.aligned)]
    review = Review(layoutManager=stage.layouts, timerFactory=stage.make_timer)
    review.setScans(scans)
    turn_everything_on(review)
    assert set(watchers_alive()) == {"Review", "SceneWatch", "Cursor", "RevealedView"}

    review.setCompare(None)
    review.close()
    stage.composite("VPRRight").SetBackgroundVolumeID(None)
    stage.composite("VPRLeft").SetBackgroundVolumeID(None)

    del review
    stage.timers.clear()
    assert watchers_alive() == []
    after = [volume.GetReferenceCount() for volume in (scans.baseline, scans.aligned)]
    assert after == references


def test_the_end_leaves_picture_layout_and_nodes_as_found(stage, review):
    before, layout = stage.picture("Red"), stage.layouts.layout
    turn_everything_on(review)
    stage.picture("VPRRight")

    review.close()
    review.close()

    assert np.array_equal(stage.picture("Red"), before)
    assert stage.layouts.layout == layout
    assert stage.composite("Red").GetForegroundVolumeID() is None


def test_closing_the_scene_ends_the_review_and_a_new_result_can_come(stage, review):
    turn_everything_on(review)
    stage.picture("VPRRight")

    stage.scene.Clear(0)

    assert review.scans is None
    assert stage.timers[0].interval_ms is None
    assert review.findings() == []
    review.toggleFlicker()
    review.setOpacity(0.3)
    assert stage.picture("Red")[30:].max() == 0


@pytest.mark.parametrize("role", ["softMask", "jacobian", "folds", "similarityAligned"])
def test_a_volume_that_is_removed_takes_only_itself_along(stage, scans, review, role):
    review.setReveal(Reveal.WIPE, 0.5)
    review.setOverlay(Overlay.SOFT_MASK)

    stage.scene.RemoveNode(getattr(scans.nodes, role))

    row = stage.picture("Red")[120, :, 0]
    assert (row[20], getattr(review.scans.nodes, role)) == (40, None)
    review.setOverlay(Overlay.JACOBIAN)
    review.setOverlay(Overlay.FOLDS)


@pytest.mark.parametrize("which", ["baseline", "aligned"])
def test_without_one_of_its_two_images_the_review_ends(stage, scans, review, which):
    turn_everything_on(review)
    layout = stage.layouts.layout

    stage.scene.RemoveNode(getattr(scans, which))

    assert review.scans is None
    assert stage.layouts.layout != layout
    stage.picture("Red")


def test_a_layout_chosen_by_the_user_ends_the_comparison_and_keeps_the_overlay(stage, review):
    review.setCompare(Compare.BASELINE_AND_ALIGNED)
    review.setOverlay(Overlay.SOFT_MASK)

    stage.layouts.setLayout(slicer.vtkMRMLLayoutNode.SlicerLayoutOneUpRedSliceView)

    assert stage.composite("Red").GetForegroundVolumeID() is not None
    assert stage.composite("VPRLeft").GetForegroundVolumeID() is None
