"""The result in the scene: shown, compared, measured, and marked when it is outdated."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

import slicer

from VolumePreservingRegLib.panel.review_section import ReviewSection
from VolumePreservingRegLib.panel.staleness import Belongs, Staleness
from VolumePreservingRegLib.review.first_place import Place
from VolumePreservingRegLib.review.scans import Scans
from VolumePreservingRegLib.scene import references
from VolumePreservingRegLib.scene.replace_result import replace_result, scans_of
from VolumePreservingRegLib.scene.stale import stale_reason


class ShownResult(ABC):
    """The result to which the parameter node refers; a panel says what it shows of it."""

    def __init__(
        self, ui: Any, *, onFailure: Callable[[str], None], belongs: Belongs | None = None
    ) -> None:
        """Show that there is no result; `belongs` tells whose a result is."""
        self._ui = ui
        self._parameters: Any = None
        self._shown: Any = None
        self._review = ReviewSection(ui, onFailure=onFailure)
        self._staleness = Staleness(self._show_mark, belongs=belongs)
        self._show_mark()

    @abstractmethod
    def scans_to_review(self, nodes: Any | None) -> Scans | None:
        """Return what the review looks at; None if a scan is gone."""

    @abstractmethod
    def show_table(self, nodes: Any | None) -> None:
        """Show what was measured of a result."""

    @abstractmethod
    def show_something(self, parameters: Any) -> None:
        """Let the user see the result at once, without undoing what was chosen before."""

    def first_place(self, nodes: Any) -> Place | None:  # noqa: ARG002 - for those that have one
        """Return where to look at a new result first; None leaves the views where they are."""
        return None

    def connect(self, parameters: Any) -> None:
        """Show the result of a parameter node; None shows none."""
        self._parameters = parameters
        nodes = references.find(parameters.parameterNode) if parameters else None
        if nodes != self._shown:
            self._show(nodes)
        self.refresh()

    def refresh(self) -> None:
        """Show what the parameter node asks for now."""
        if self._parameters is not None:
            self._review.refresh(self._parameters)
            self._staleness.compare(self._parameters)

    def take(self, nodes: Any, settings: str) -> None:
        """Show a new result, made with these settings, in place of the last one of the scans."""
        parameters = self._parameters
        last = references.find(parameters.parameterNode)
        with slicer.util.NodeModify(parameters):
            references.store(parameters.parameterNode, nodes)
            parameters.resultSettings = settings
            self.show_something(parameters)
        self.connect(parameters)
        self._review.look_at(self.first_place(nodes))
        # Only now: nothing looks at the last result any more.
        if last is not None and scans_of(last) == scans_of(nodes):
            replace_result(last, nodes)

    def leave(self) -> None:
        """Stop what moves by itself."""
        self._review.leave()

    def close(self) -> None:
        """Leave the views as they were, and observe nothing any more."""
        self._staleness.follow(None)
        self._review.close()

    def _show(self, nodes: Any | None) -> None:
        self._shown = nodes
        self._staleness.follow(nodes)
        self._review.show(self.scans_to_review(nodes), self._parameters)
        self.show_table(nodes)
        self._show_mark()

    def _show_mark(self) -> None:
        reason = stale_reason(self._shown)
        self._ui.staleLabel.setText(reason)
        self._ui.staleLabel.setVisible(bool(reason))
