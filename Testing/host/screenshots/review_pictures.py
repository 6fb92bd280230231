"""Pictures of a result, each as the choices of the panel show it."""

from __future__ import annotations

from VolumePreservingRegLib.panel.review_choices import (
    ComparisonChoice,
    OverlayChoice,
    RevealChoice,
)
from VolumePreservingRegLib.review.views import shown_views

from host.screenshots.names import Picture
from host.screenshots.phantom import tumor_center_ras

VIEWS = {
    Picture.SOFT_MASK: (ComparisonChoice.BASELINE_AND_ALIGNED, OverlayChoice.SOFT_MASK),
    Picture.CHANGE_OF_SIZE: (ComparisonChoice.SIMILARITY_AND_VOLUME, OverlayChoice.JACOBIAN),
    Picture.COMPARISON: (ComparisonChoice.SIMILARITY_AND_VOLUME, OverlayChoice.NONE),
}
NEAR, NEAR_MM = {Picture.CHANGE_OF_SIZE, Picture.COMPARISON}, 75.0
FINDING_MM = 110.0
REVEALS = {
    Picture.CHECKERBOARD: RevealChoice.CHECKERBOARD,
    Picture.WIPE: RevealChoice.WIPE,
}


def take_views(sitting):
    """Lay the soft mask and the change of size over the images, and compare."""
    sitting.open_only("review")
    for picture, (comparison, overlay) in VIEWS.items():
        sitting.parameters.comparison = comparison
        sitting.parameters.overlay = overlay
        sitting.look_at(tumor_center_ras(sitting.parameters))
        if picture in NEAR:
            sitting.zoom(tumor_center_ras(sitting.parameters), width_mm=NEAR_MM)
        sitting.take(picture)


def take_reveals(sitting):
    """Cut one image into the other."""
    sitting.parameters.comparison = ComparisonChoice.OFF
    sitting.parameters.overlay = OverlayChoice.NONE
    for picture, reveal in REVEALS.items():
        sitting.parameters.reveal = reveal
        sitting.look_at(tumor_center_ras(sitting.parameters))
        sitting.take(picture)
    sitting.parameters.reveal = RevealChoice.NONE


def take_findings(sitting):
    """Click the first finding, and show where it is."""
    sitting.parameters.comparison = ComparisonChoice.BASELINE_AND_ALIGNED
    sitting.parameters.overlay = OverlayChoice.JACOBIAN
    sitting.settle()
    found = sitting.ui.findingsList
    found.setCurrentRow(0)
    found.itemClicked.emit(found.item(0))
    view = shown_views(sitting.host.app.layoutManager())[0]
    middle = view.mrmlSliceNode().GetSliceToRAS().MultiplyPoint((0, 0, 0, 1))[:3]
    sitting.zoom(middle, width_mm=FINDING_MM)
    sitting.take(Picture.FINDINGS)


def take_tumor(sitting):
    """Show the two tables."""
    sitting.open_only("tumor")
    sitting.take_section("tumor", Picture.TUMOR)
