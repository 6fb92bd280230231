"""Put two or three images beside each other in views that move together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from slicer.i18n import tr as _

from VolumePreservingRegLib.review.layouts import VIEWS, Layout, LayoutVisit, is_ours
from VolumePreservingRegLib.review.linking import fit, link
from VolumePreservingRegLib.review.looked_at import is_inside, place_looked_at
from VolumePreservingRegLib.review.protocols import LayoutManager, SliceWidget, TimerFactory
from VolumePreservingRegLib.review.scans import Scans


class Compare(Enum):
    """Which images are beside each other."""

    BASELINE_AND_ALIGNED = "baseline and aligned follow-up"
    BEFORE_AND_AFTER = "before and after alignment"
    SIMILARITY_AND_VOLUME = "similarity only and volume-preserving"
    THREE_PLANES = "baseline above aligned follow-up, in three planes"


LAYOUT_OF = {
    Compare.BASELINE_AND_ALIGNED: Layout.TWO_VIEWS,
    Compare.BEFORE_AND_AFTER: Layout.TWO_ROWS,
    Compare.SIMILARITY_AND_VOLUME: Layout.THREE_VIEWS,
    Compare.THREE_PLANES: Layout.TWO_ROWS,
}


@dataclass(frozen=True)
class Pane:
    """What one view of a comparison shows, under which name."""

    view: str
    volume: Any
    label: str


def panes(compare: Compare, scans: Scans) -> list[Pane]:
    """List the views of a comparison with their images."""
    views, words = VIEWS[LAYOUT_OF[compare]], scans.words
    shown = {
        Compare.BASELINE_AND_ALIGNED: [
            (scans.baseline, words.fixed),
            (scans.aligned, words.aligned),
        ],
        Compare.BEFORE_AND_AFTER: [(scans.followUp, words.before)] * 3
        + [(scans.aligned, words.after)] * 3,
        Compare.SIMILARITY_AND_VOLUME: [
            (scans.baseline, words.fixed),
            (scans.similarityAligned, _("Aligned by similarity only")),
            (scans.aligned, _("Aligned, volumes kept")),
        ],
        Compare.THREE_PLANES: [(scans.baseline, words.fixed)] * 3
        + [(scans.aligned, words.aligned)] * 3,
    }[compare]
    return [Pane(view, *what) for view, what in zip(views, shown, strict=True)]


def can_compare(compare: Compare, scans: Scans) -> bool:
    """Say whether the result has all images of a comparison."""
    return all(pane.volume is not None for pane in panes(compare, scans))


class Aim:
    """What some views show of a volume: all of it, at a place if that lies in it."""

    def __init__(self, views: list[SliceWidget], volume: Any, place):
        self._views, self._volume = views, volume
        self._sizes: list[tuple[int, ...]] = []
        self.move(place)

    def move(self, place):
        """Show another place from the next time on; None, or one outside, shows the middle."""
        self.place = place if place is not None and is_inside(self._volume, place) else None

    def take(self):
        """Let the views show it, in the size that they have now."""
        self._sizes = self._sizes_now()
        fit(self._views, self._volume)
        for view in self._views if self.place is not None else ():
            view.mrmlSliceNode().JumpSliceByOffsetting(*self.place)

    def was_missed(self) -> bool:
        """Say whether the views have another size by now."""
        return self._sizes != self._sizes_now()

    def _sizes_now(self) -> list[tuple[int, ...]]:
        return [view.mrmlSliceNode().GetDimensions() for view in self._views]


class Comparison:
    """A comparison on the screen, in a layout of ours."""

    def __init__(self, layoutManager: LayoutManager, timerFactory: TimerFactory):
        self._manager = layoutManager
        self._visit = LayoutVisit(layoutManager)
        self._labels: dict[str, str] = {}
        self._timer = timerFactory(self._settle)
        self._aim: Aim | None = None

    def show(self, compare: Compare, scans: Scans):
        """Show a comparison, at the place that was looked at; ValueError if an image is missing."""
        if not can_compare(compare, scans):
            msg = _("Choose another comparison: this result does not have all images of this one.")
            raise ValueError(msg)
        place = place_looked_at(self._manager, near=self._aim.place if self._aim else None)
        self._visit.enter(LAYOUT_OF[compare])
        self._labels = {pane.view: pane.label for pane in panes(compare, scans)}
        views = [self._fill(pane) for pane in panes(compare, scans)]
        link(views)
        self._aim = Aim(views, scans.baseline, place)
        self._aim.take()
        self._timer.start(0)

    def aim_at(self, place):
        """Show a place, even if the views get their size only later."""
        if self._aim is not None:
            self._aim.move(place)

    def leave(self):
        """Show what the user had before; a second call does nothing."""
        self._timer.stop()
        self._aim = None
        self._labels.clear()
        self._visit.leave()

    def label_of(self, view: SliceWidget) -> str:
        """Return the name of what a view of the comparison shows; nothing for other views."""
        return self._labels.get(view.mrmlSliceNode().GetLayoutName(), "")

    def is_shown(self) -> bool:
        """Say whether a layout of ours is on the screen."""
        return is_ours(self._manager.layout)

    def _settle(self):
        # Qt may give views their size only once it is idle; until then they have a usual one.
        self._timer.stop()
        if self._aim is not None and self._aim.was_missed():
            self._aim.take()

    def _fill(self, pane: Pane):
        view = self._manager.sliceWidget(pane.view)
        composite = view.mrmlSliceCompositeNode()
        composite.SetBackgroundVolumeID(pane.volume.GetID())
        composite.SetForegroundVolumeID(None)
        composite.SetLabelVolumeID(None)
        view.mrmlSliceNode().SetLayoutLabel(pane.label)
        return view
