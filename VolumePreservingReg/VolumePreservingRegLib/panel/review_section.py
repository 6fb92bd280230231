"""Review: what lies over the images, which stand side by side, and where to look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import slicer
from slicer.i18n import tr as _

from VolumePreservingRegLib.panel.review_choices import RevealChoice
from VolumePreservingRegLib.review.finding import Finding
from VolumePreservingRegLib.review.qt_shortcut import FLICKER_KEY, Shortcut
from VolumePreservingRegLib.review.qt_timer import qt_timer
from VolumePreservingRegLib.review.scans import Scans
from VolumePreservingRegLib.review.session import Review

MS_PER_S = 1000


class ReviewSection:
    """Hands the wishes of the user to the review, and lists what it finds.

    Without views, as where Slicer runs without its window, there is nothing to review.
    """

    def __init__(self, ui: Any, *, onFailure: Callable[[str], None]) -> None:
        """Connect the list, the button and the key; `onFailure` is told what cannot be shown."""
        self._ui, self._onFailure = ui, onFailure
        self._findings: list[Finding] = []
        self._asked: dict[str, Any] = {}
        self._timers: list[tuple[Any, Callable[[], None]]] = []
        manager = slicer.app.layoutManager()
        self._review = self._review_of(manager) if manager else None
        window = slicer.util.mainWindow()
        self._key = Shortcut(FLICKER_KEY, self._onKey, window=window) if window else None
        ui.flickerButton.connect("toggled(bool)", self._onFlicker)
        ui.findingsList.connect("itemClicked(QListWidgetItem*)", self._onFinding)
        ui.findingsList.connect("itemActivated(QListWidgetItem*)", self._onFinding)
        self.show(None, None)

    def show(self, scans: Scans | None, parameters: Any) -> None:
        """Review another result; None shows again what was there before."""
        there = scans is not None and self._review is not None
        self._enable(there)
        if self._key is not None:
            # The module for sparse scans has the same key for its own review.
            self._key.enable(there)
        if self._review is None:
            return
        self._asked = {}
        self._review.setScans(scans)
        if there:
            self.refresh(parameters)
        self._list(parameters)

    def refresh(self, parameters: Any) -> None:
        """Show what the parameter node asks for now; only what has changed is done."""
        review = self._review
        self._show_fitting(parameters.reveal)
        if review is None or review.scans is None:
            return
        self._ask("compare", parameters.comparison.compare, self._compare)
        self._ask("overlay", parameters.overlay.overlay, review.setOverlay)
        self._ask("opacity", parameters.overlayOpacity, review.setOpacity)
        self._ask("outlines", parameters.tumorOutlines, review.setOutlines)
        self._ask("reveal", self._reveal(parameters), lambda wish: review.setReveal(*wish))
        self._ask("mouse", parameters.wipeFollowsMouse, review.setWipeFollowsMouse)
        self._ask("interval", parameters.flickerInterval, lambda _s: self._flicker())
        self._ask("limit", parameters.stsrLimit, lambda _limit: self._list(parameters))

    def look_at(self, place: tuple[float, float, float] | None) -> None:
        """Bring all views to a place; None leaves them where they are."""
        if self._review is not None and place is not None:
            self._review.lookAt(place)

    def leave(self) -> None:
        """Stop what moves by itself: another module is shown."""
        self._ui.flickerButton.checked = False

    def close(self) -> None:
        """Leave the views as they were, and observe nothing any more."""
        if self._key is not None:
            self._key.close()
        if self._review is not None:
            self._review.close()
        self._key = self._review = None
        for timer, tick in self._timers:
            # A connection would keep the review alive for as long as the timer.
            timer.disconnect("timeout()", tick)
        self._timers = []

    def _review_of(self, manager: Any) -> Review:
        return Review(layoutManager=manager, timerFactory=self._timer_of)

    def _timer_of(self, tick: Callable[[], None]) -> Any:
        timer = qt_timer(tick)
        self._timers.append((timer, tick))
        return timer

    def _ask(self, name: str, wish: Any, ask: Callable[[Any], None]) -> None:
        if self._asked.get(name) != wish:
            self._asked[name] = wish
            ask(wish)

    def _compare(self, compare: Any) -> None:
        try:
            self._review.setCompare(compare)
        except ValueError as error:
            self._onFailure(str(error))

    def _reveal(self, parameters: Any) -> tuple[Any, float]:
        amount = {
            RevealChoice.CHECKERBOARD: parameters.checkerboardFields,
            RevealChoice.WIPE: parameters.wipePosition,
        }.get(parameters.reveal, 0.0)
        return parameters.reveal.reveal, float(amount)

    def _show_fitting(self, reveal: RevealChoice) -> None:
        self._ui.revealOptions.setVisible(reveal is not RevealChoice.NONE)
        self._ui.checkerboardSpinBox.setVisible(reveal is RevealChoice.CHECKERBOARD)
        self._ui.wipeSlider.setVisible(reveal is RevealChoice.WIPE)
        self._ui.wipeMouseCheckBox.setVisible(reveal is RevealChoice.WIPE)

    def _enable(self, there: bool) -> None:
        for name in ("overlayComboBox", "overlayOpacitySlider", "outlinesCheckBox"):
            getattr(self._ui, name).setEnabled(there)
        for name in ("compareComboBox", "revealComboBox", "flickerButton", "findingsList"):
            getattr(self._ui, name).setEnabled(there)

    def _onFlicker(self, _on: bool) -> None:
        self._flicker()

    def _flicker(self) -> None:
        if self._review is not None:
            interval_ms = int(MS_PER_S * self._ui.flickerIntervalSpinBox.value)
            self._review.setFlicker(bool(self._ui.flickerButton.checked), interval_ms)

    def _onKey(self) -> None:
        if self._review is not None:
            self._review.toggleFlicker()

    def _onFinding(self, _item: Any) -> None:
        row = self._ui.findingsList.currentRow
        if self._review is not None and 0 <= row < len(self._findings):
            self._review.jump(self._findings[row])

    def _list(self, parameters: Any) -> None:
        scans = self._review.scans
        self._findings = [] if scans is None else self._review.findings(parameters.stsrLimit)
        self._ui.findingsList.clear()
        for finding in self._findings:
            self._ui.findingsList.addItem(finding.text)
        if scans is not None and not self._findings:
            self._ui.findingsList.addItem(_("Nothing that stands out."))
