"""The review that the panel holds: one object for all that can be looked at."""

from __future__ import annotations

import slicer

from VolumePreservingRegLib.review.captions import Captions
from VolumePreservingRegLib.review.compare import Compare, Comparison
from VolumePreservingRegLib.review.finding import Finding
from VolumePreservingRegLib.review.findings import field_findings, ranked
from VolumePreservingRegLib.review.flicker import INTERVAL_MS, Flicker
from VolumePreservingRegLib.review.jump import cut_at, jump_to
from VolumePreservingRegLib.review.layout_watch import LayoutWatch
from VolumePreservingRegLib.review.layouts import register_layouts
from VolumePreservingRegLib.review.outlines import Outlines
from VolumePreservingRegLib.review.overlays import Overlay, OverlayShow, overlay_of
from VolumePreservingRegLib.review.pairs import Pair, name_of, pairs_of
from VolumePreservingRegLib.review.protocols import LayoutManager, TimerFactory
from VolumePreservingRegLib.review.reveal import FIRST_AMOUNT, Reveal
from VolumePreservingRegLib.review.reveal_show import RevealShow
from VolumePreservingRegLib.review.review_state import ReviewState
from VolumePreservingRegLib.review.scans import Scans
from VolumePreservingRegLib.review.scene_watch import SceneWatch
from VolumePreservingRegLib.review.tumor_findings import STSR_LIMIT, tumor_findings
from VolumePreservingRegLib.review.tumor_outlines import (
    forget_former_outlines,
    show_tumor_outlines,
)
from VolumePreservingRegLib.review.views import shown_views


class Review:
    """Show one result in Slicer's views, and leave them as found.

    Without scans every wish is only remembered. `close` must be called at the end; the review
    lets go by itself when the scene closes or an image of the result is removed.
    """

    def __init__(self, *, layoutManager: LayoutManager, timerFactory: TimerFactory, scene=None):
        self._manager = layoutManager
        self._state = ReviewState()
        self._scans: Scans | None = None
        self._overlays, self._outlines, self._reveals = OverlayShow(), Outlines(), RevealShow()
        self._captions = Captions()
        self._entering = False
        self._of_field: list[Finding] | None = None
        self._flicker = Flicker(timerFactory, shown=self._name_view)
        self._comparison = Comparison(layoutManager, timerFactory)
        self._scene = scene or slicer.mrmlScene
        register_layouts(layoutManager)
        self._watches = (
            SceneWatch(self._scene, closing=self._let_go, leaving=self._node_leaves),
            LayoutWatch(layoutManager, changed=self._views_change),
        )

    @property
    def scans(self) -> Scans | None:
        """What is reviewed now."""
        return self._scans

    def setScans(self, scans: Scans | None):
        """Review another result, with the same wishes; None shows again what was found."""
        self._let_go()
        self._scans = scans
        if scans is not None:
            forget_former_outlines(scans)
        if scans is not None and self._state.compare is not None:
            self._enter(self._state.compare)
        self._refresh()

    def setOverlay(self, overlay: Overlay):
        """Choose what lies over the images."""
        self._state.overlay = overlay
        self._show_overlays()

    def setOpacity(self, opacity: float):
        """Choose how much of the images the overlay hides, 0 to 1."""
        self._state.opacity = opacity
        self._show_overlays()

    def setOutlines(self, shown: bool):
        """Show or hide the outlines of the tumors."""
        self._state.outlines = shown
        self._show_outlines()

    def setCompare(self, compare: Compare | None):
        """Put images beside each other; None brings the user's layout back.

        ValueError with a plain sentence if the result lacks an image of the comparison.
        """
        if self._scans is not None:
            self._clear_views()
            self._enter(compare)
        self._state.compare = compare
        self._refresh()

    def setFlicker(self, on: bool, intervalMs: int = INTERVAL_MS):
        """Change between the two images of each view by a timer."""
        self._state.flicker, self._state.interval_ms = on, intervalMs
        self._run_flicker()

    def toggleFlicker(self):
        """Show the other image of each view now; for a key."""
        if self._state.reveal is Reveal.NONE:
            self._flicker.toggle()

    def setReveal(self, reveal: Reveal, amount: float | None = None):
        """Mix the two images of each view.

        The amount is the number of fields across for CHECKERBOARD, and the place of the border
        from 0 (left) to 1 (right) for WIPE; None takes a usual one.
        """
        if reveal is not self._state.reveal or self._scans is None:
            self._state.reveal, self._state.amount = reveal, amount
            self._refresh()
            return
        self._state.amount = amount
        self._reveals.set_amount(self._amount())

    def setWipeFollowsMouse(self, follow: bool):
        """Let the border of the wipe go with the mouse, or stay where it is."""
        self._state.follow_mouse = follow
        self._follow_mouse()

    def findings(self, stsrLimit: float = STSR_LIMIT) -> list[Finding]:
        """List what to look at, the most serious first; nothing without a result."""
        if self._scans is None:
            return []
        if self._of_field is None:
            self._of_field = field_findings(self._scans)
        return ranked(self._of_field, tumor_findings(self._scans.nodes, limit=stsrLimit))

    def jump(self, finding: Finding):
        """Bring all views to a finding."""
        jump_to(finding.position_ras)

    def lookAt(self, position_ras):
        """Cut all views at a place, those too that have not got their size yet."""
        self._comparison.aim_at(position_ras)
        cut_at(position_ras)

    def close(self):
        """Leave all as found, and observe nothing any more; a second call does nothing."""
        self._let_go()
        for watch in self._watches:
            watch.close()

    def _let_go(self):
        self._clear_views()
        self._enter(None)
        self._scans = self._of_field = None

    def _enter(self, compare: Compare | None):
        self._entering = True
        try:
            if compare is None:
                self._comparison.leave()
            else:
                self._comparison.show(compare, self._scans)
        finally:
            self._entering = False

    def _clear_views(self):
        self._flicker.end()
        self._reveals.end()
        self._overlays.clear()
        self._outlines.clear()
        self._captions.clear()

    def _refresh(self):
        if self._scans is None:
            return
        self._flicker.end()
        pairs = pairs_of(self._scans, shown_views(self._manager))
        self._reveals.begin(pairs, self._state.reveal)
        self._flicker.begin(pairs)
        self._name_views(pairs)
        self._run_flicker()
        self._show_overlays()
        self._show_outlines()
        if self._state.reveal is not Reveal.NONE:
            self._reveals.set_amount(self._amount())
            self._follow_mouse()

    def _show_overlays(self):
        if self._scans is None:
            return
        scans, state, image_of = self._scans, self._state, self._flicker.image_of
        views = shown_views(self._manager)
        self._overlays.show(
            scans, state.overlay, opacity=state.opacity, views=views, image_of=image_of
        )
        over = {
            view.mrmlSliceNode().GetID(): overlay_of(scans, state.overlay, image_of(view))
            for view in views
        }
        self._reveals.show_overlays(over, state.opacity)

    def _show_outlines(self):
        self._outlines.clear()
        if self._scans is not None and self._state.outlines:
            views = [(view, self._flicker.image_of(view)) for view in shown_views(self._manager)]
            show_tumor_outlines(self._outlines, self._scans, views)

    def _run_flicker(self):
        # A mixture hides the image that would change below it.
        if self._state.flicker and self._scans and self._state.reveal is Reveal.NONE:
            self._flicker.run(self._state.interval_ms)
        else:
            self._flicker.rest()

    def _follow_mouse(self):
        self._reveals.stop_following()
        if self._state.follow_mouse and self._state.reveal is Reveal.WIPE:
            self._reveals.follow(self._scene)

    def _amount(self) -> float:
        amount = self._state.amount
        return FIRST_AMOUNT[self._state.reveal] if amount is None else amount

    def _name_views(self, pairs: list[Pair]):
        for view in shown_views(self._manager):
            self._captions.show(view, self._comparison.label_of(view))
        if self._state.reveal is not Reveal.NONE:
            for view, *images in pairs:
                names = [name_of(self._scans, image) for image in images]
                self._captions.show(view, " / ".join(names))

    def _name_view(self, view, volume):
        found = volume is self._flicker.image_of(view)
        label = self._comparison.label_of(view) if found else name_of(self._scans, volume)
        self._captions.show(view, label)

    def _views_change(self):
        if self._entering or self._scans is None:
            return
        self._clear_views()
        if self._state.compare is not None and not self._comparison.is_shown():
            self._state.compare = None
            self._comparison.leave()
        self._refresh()

    def _node_leaves(self, node):
        if self._scans is None or not self._scans.uses(node):
            return
        if not self._scans.stands_without(node):
            self._let_go()
            return
        self._clear_views()
        self._scans, self._of_field = self._scans.without(node), None
        self._refresh()
