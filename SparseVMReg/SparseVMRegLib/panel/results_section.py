"""What the panel shows of a result: the review and the structures that were carried over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slicer.i18n import tr as _
from VolumePreservingRegLib.panel.shown_result import ShownResult
from VolumePreservingRegLib.review.scans import Scans
from VolumePreservingRegLib.review.words import Words
from VolumePreservingRegLib.scene.replace_result import scans_of
from VolumePreservingRegLib.scene.roles import FIXED_LABELS_ROLE, MOVING_LABELS_ROLE

from SparseVMRegLib.panel.choices import ComparisonChoice, OverlayChoice
from SparseVMRegLib.panel.staleness import belongs_to_sparse
from SparseVMRegLib.panel.structure_section import StructureSection


class ResultsSection(ShownResult):
    """Review and structures of the result to which the parameter node refers."""

    def __init__(self, ui: Any, *, onFailure: Callable[[str], None]) -> None:
        """Show that there is no result."""
        self._structures = StructureSection(ui)
        super().__init__(ui, onFailure=onFailure, belongs=belongs_to_sparse)

    def scans_to_review(self, nodes: Any | None) -> Scans | None:
        """Return both scans and the structures; those carried over lie in the clinical scan."""
        scan, atlas = scans_of(nodes) if nodes else (None, None)
        if scan is None or atlas is None or nodes.alignedVolume is None:
            return None
        return Scans(
            baseline=scan,
            followUp=atlas,
            nodes=nodes,
            baselineTumor=nodes.carriedSegmentation,
            followUpTumor=nodes.alignedVolume.GetNodeReference(MOVING_LABELS_ROLE),
            drawnOnBaseline=nodes.alignedVolume.GetNodeReference(FIXED_LABELS_ROLE),
            words=words_of_the_review(),
        )

    def show_table(self, nodes: Any | None) -> None:
        """Show the structures and how much of each was measured."""
        self._structures.show(nodes)

    def show_something(self, parameters: Any) -> None:
        """Show scan above atlas and what was measured, unless something else is chosen."""
        if parameters.comparison is ComparisonChoice.OFF:
            parameters.comparison = ComparisonChoice.THREE_PLANES
        if parameters.overlay is OverlayChoice.NONE:
            parameters.overlay = OverlayChoice.CONFIDENCE


def words_of_the_review() -> Words:
    """Return how the shared review names the scans of this panel."""
    return Words(
        fixed=_("Clinical scan"),
        aligned=_("Atlas, aligned"),
        before=_("Atlas before alignment"),
        after=_("Atlas after alignment"),
    )
