"""The result in the scene: shown, compared, measured, and marked when it is outdated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import slicer
from slicer.i18n import tr as _
from VolumePreservingRegLib.panel.review_section import ReviewSection
from VolumePreservingRegLib.panel.staleness import Staleness
from VolumePreservingRegLib.review.scans import Scans
from VolumePreservingRegLib.review.words import Words
from VolumePreservingRegLib.scene import references
from VolumePreservingRegLib.scene.replace_result import replace_result, scans_of
from VolumePreservingRegLib.scene.roles import FIXED_LABELS_ROLE, MOVING_LABELS_ROLE
from VolumePreservingRegLib.scene.stale import stale_reason

from SparseVMRegLib.panel.choices import ComparisonChoice, OverlayChoice
from SparseVMRegLib.panel.staleness import belongs_to_sparse
from SparseVMRegLib.panel.structure_section import StructureSection


class ResultsSection:
    """Review and structures of the result to which the parameter node refers."""

    def __init__(self, ui: Any, *, onFailure: Callable[[str], None]) -> None:
        """Show that there is no result."""
        self._ui = ui
        self._parameters: Any = None
        self._shown: Any = None
        self._review = ReviewSection(ui, onFailure=onFailure)
        self._structures = StructureSection(ui)
        self._staleness = Staleness(self._show_mark, belongs=belongs_to_sparse)
        self._show_mark()

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
            if parameters.comparison is ComparisonChoice.OFF:
                parameters.comparison = ComparisonChoice.THREE_PLANES
            if parameters.overlay is OverlayChoice.NONE:
                parameters.overlay = OverlayChoice.CONFIDENCE
        self.connect(parameters)
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
        self._review.show(scans_to_review(nodes), self._parameters)
        self._structures.show(nodes)
        self._show_mark()

    def _show_mark(self) -> None:
        reason = stale_reason(self._shown)
        self._ui.staleLabel.setText(reason)
        self._ui.staleLabel.setVisible(bool(reason))


def scans_to_review(nodes: Any | None) -> Scans | None:
    """Return what the shared review looks at: the structures carried over lie in the scan."""
    scan, atlas = scans_of(nodes) if nodes else (None, None)
    if scan is None or atlas is None or nodes.alignedVolume is None:
        return None
    words = Words(
        fixed=_("Clinical scan"),
        aligned=_("Atlas, aligned"),
        before=_("Atlas before alignment"),
        after=_("Atlas after alignment"),
    )
    return Scans(
        baseline=scan,
        followUp=atlas,
        nodes=nodes,
        baselineTumor=nodes.carriedSegmentation,
        followUpTumor=nodes.alignedVolume.GetNodeReference(MOVING_LABELS_ROLE),
        drawnOnBaseline=nodes.alignedVolume.GetNodeReference(FIXED_LABELS_ROLE),
        words=words,
    )
