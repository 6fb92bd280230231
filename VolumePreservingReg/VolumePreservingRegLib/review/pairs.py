"""Say which two images are compared within one view, by flicker, checkerboard or wipe."""

from __future__ import annotations

from typing import Any, NamedTuple

from slicer.i18n import tr as _

from VolumePreservingRegLib.review.protocols import SliceWidget
from VolumePreservingRegLib.review.scans import Scans
from VolumePreservingRegLib.review.views import shown_volume


class Pair(NamedTuple):
    """The view and its two images; the first is the baseline."""

    view: SliceWidget
    first: Any
    second: Any


def pairs_of(scans: Scans, views: list[SliceWidget]) -> list[Pair]:
    """Pair the baseline with the follow-up of each view.

    A view of the baseline itself stays as it is where another view shows a follow-up; otherwise
    it is compared with the aligned follow-up.
    """
    follow_ups = [scans.aligned, scans.similarityAligned, scans.followUp]
    shown = [(view, shown_volume(view)) for view in views]
    found = [
        Pair(view, scans.baseline, volume)
        for view, volume in shown
        if volume is not None and volume in follow_ups
    ]
    if found:
        return found
    return [
        Pair(view, scans.baseline, scans.aligned)
        for view, volume in shown
        if volume is scans.baseline
    ]


def name_of(scans: Scans, volume) -> str:
    """Name an image for its caption."""
    if volume is scans.baseline:
        return scans.words.fixed
    if volume is scans.followUp:
        return scans.words.before
    if volume is scans.similarityAligned:
        return _("Aligned by similarity only")
    return scans.words.aligned
