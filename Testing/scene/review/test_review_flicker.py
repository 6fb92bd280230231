"""Two images in turn in the same view."""

from __future__ import annotations

import numpy as np
import pytest
from VolumePreservingRegLib.review.compare import Compare
from VolumePreservingRegLib.review.overlays import Overlay
from VolumePreservingRegLib.review.reveal import Reveal


def grey(stage, name):
    return int(stage.picture(name)[120, 120, 0])


def test_the_key_shows_the_aligned_scan_over_the_baseline_and_back(stage, review):
    shown = [grey(stage, "Red")]
    for _press in range(2):
        review.toggleFlicker()
        shown.append(grey(stage, "Red"))

    assert shown == [40, 200, 40]


def test_the_timer_changes_the_images_at_the_interval_chosen(stage, review):
    review.setFlicker(True, 250)
    timer = stage.timers[0]

    timer.tick()

    assert timer.interval_ms == 250
    assert grey(stage, "Green") == 200


def test_beside_the_baseline_only_the_follow_up_changes(stage, review):
    review.setCompare(Compare.BASELINE_AND_ALIGNED)

    review.toggleFlicker()

    assert [grey(stage, name) for name in ("VPRLeft", "VPRRight")] == [40, 40]


def test_the_caption_says_which_image_is_shown(stage, review):
    review.setCompare(Compare.BASELINE_AND_ALIGNED)
    left, aligned = stage.picture("VPRLeft")[:24], stage.picture("VPRRight")[:24]

    review.toggleFlicker()

    now = stage.picture("VPRRight")[:24]
    assert not np.array_equal(now, aligned)
    assert np.array_equal(now, left)


@pytest.mark.parametrize("end", ["off", "close", "compare", "no result"])
def test_every_way_out_shows_what_was_found(stage, review, end):
    found = stage.composite("Red").GetBackgroundVolumeID(), stage.picture("Red")
    review.setFlicker(True)
    stage.timers[0].tick()

    {
        "off": lambda: review.setFlicker(False),
        "close": review.close,
        "compare": lambda: review.setCompare(Compare.BASELINE_AND_ALIGNED),
        "no result": lambda: review.setScans(None),
    }[end]()

    assert stage.composite("Red").GetBackgroundVolumeID() == found[0]
    assert np.array_equal(stage.picture("Red"), found[1])


def test_a_volume_chosen_meanwhile_stays(stage, scans, review):
    review.toggleFlicker()
    stage.composite("Red").SetBackgroundVolumeID(scans.followUp.GetID())

    review.toggleFlicker()
    review.close()

    assert stage.composite("Red").GetBackgroundVolumeID() == scans.followUp.GetID()
    assert grey(stage, "Green") == 40


def test_the_overlay_stays_while_the_images_change(stage, review):
    review.setOverlay(Overlay.SOFT_MASK)
    review.toggleFlicker()
    review.setOpacity(1.0)

    picture = stage.picture("Red")

    assert tuple(picture[150, 20]) == (200, 200, 200)
    assert tuple(picture[150, 150]) != (200, 200, 200)


def test_under_a_mixture_nothing_flickers(stage, review):
    review.setFlicker(True)

    review.setReveal(Reveal.WIPE)

    assert stage.timers[0].interval_ms is None
