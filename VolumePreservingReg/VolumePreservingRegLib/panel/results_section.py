"""What the panel shows of a result: the review and the tumor table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from VolumePreservingRegLib.panel.review_choices import ComparisonChoice, OverlayChoice
from VolumePreservingRegLib.panel.shown_result import ShownResult
from VolumePreservingRegLib.panel.tumor_section import TumorSection
from VolumePreservingRegLib.review.first_place import Place, first_place
from VolumePreservingRegLib.review.scans import Scans
from VolumePreservingRegLib.scene.replace_result import scans_of
from VolumePreservingRegLib.scene.roles import FIXED_TUMOR_ROLE, MOVING_TUMOR_ROLE


class ResultsSection(ShownResult):
    """Review and tumor table of the result to which the parameter node refers."""

    def __init__(self, ui: Any, *, onFailure: Callable[[str], None]) -> None:
        """Show that there is no result."""
        self._tumor = TumorSection(ui)
        super().__init__(ui, onFailure=onFailure)

    def scans_to_review(self, nodes: Any | None) -> Scans | None:
        """Return both scans, with their tumors and the organ; None if a scan is gone."""
        baseline, follow_up = scans_of(nodes) if nodes else (None, None)
        if baseline is None or follow_up is None or nodes.alignedVolume is None:
            return None
        aligned = nodes.alignedVolume
        return Scans(
            baseline=baseline,
            followUp=follow_up,
            nodes=nodes,
            baselineTumor=aligned.GetNodeReference(FIXED_TUMOR_ROLE),
            followUpTumor=aligned.GetNodeReference(MOVING_TUMOR_ROLE),
            organ=self._parameters.baselineOrgan,
            organSegmentID=self._parameters.baselineOrganSegmentID,
        )

    def show_table(self, nodes: Any | None) -> None:
        """Show the sizes of the tumors."""
        self._tumor.show(nodes.tumorTable if nodes else None)

    def first_place(self, nodes: Any) -> Place | None:
        """Return the middle of the largest tumor, or of what is marked like one."""
        return first_place(nodes.softMask)

    def show_something(self, parameters: Any) -> None:
        """Show both scans side by side with the soft mask, unless something else is chosen."""
        if parameters.comparison is ComparisonChoice.OFF:
            parameters.comparison = ComparisonChoice.BASELINE_AND_ALIGNED
        if parameters.overlay is OverlayChoice.NONE:
            parameters.overlay = OverlayChoice.SOFT_MASK
