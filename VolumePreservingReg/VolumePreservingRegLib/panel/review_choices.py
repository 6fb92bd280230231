"""The choices of the review, by the words the user reads."""

from __future__ import annotations

from enum import Enum

from slicer.i18n import tr as _

from VolumePreservingRegLib.review.compare import Compare
from VolumePreservingRegLib.review.overlays import Overlay
from VolumePreservingRegLib.review.reveal import Reveal


class OverlayChoice(Enum):
    """What lies over the images."""

    NONE = "none"
    SOFT_MASK = "soft mask"
    JACOBIAN = "jacobian"
    FOLDS = "folds"

    def label(self) -> str:
        """Return the words in the list."""
        return {
            OverlayChoice.NONE: _("Nothing"),
            OverlayChoice.SOFT_MASK: _("Soft tumor mask: where volume was kept"),
            OverlayChoice.JACOBIAN: _("Change of size: what the alignment did"),
            OverlayChoice.FOLDS: _("Folds: where the alignment tears"),
        }[self]

    @property
    def overlay(self) -> Overlay:
        """The overlay of the review."""
        return Overlay[self.name]


class ComparisonChoice(Enum):
    """Which images stand side by side."""

    OFF = "off"
    BASELINE_AND_ALIGNED = "baseline and aligned"
    BEFORE_AND_AFTER = "before and after"
    SIMILARITY_AND_VOLUME = "similarity and volume"

    def label(self) -> str:
        """Return the words in the list."""
        return {
            ComparisonChoice.OFF: _("Off: the layout as it was"),
            ComparisonChoice.BASELINE_AND_ALIGNED: _("Baseline | follow-up aligned"),
            ComparisonChoice.BEFORE_AND_AFTER: _("Before | after"),
            ComparisonChoice.SIMILARITY_AND_VOLUME: _("Similarity-only | volume-preserving"),
        }[self]

    @property
    def compare(self) -> Compare | None:
        """The comparison of the review."""
        return None if self is ComparisonChoice.OFF else Compare[self.name]


class RevealChoice(Enum):
    """How one image is cut into the other."""

    NONE = "none"
    CHECKERBOARD = "checkerboard"
    WIPE = "wipe"

    def label(self) -> str:
        """Return the words in the list."""
        return {
            RevealChoice.NONE: _("Nothing"),
            RevealChoice.CHECKERBOARD: _("Checkerboard"),
            RevealChoice.WIPE: _("Wipe"),
        }[self]

    @property
    def reveal(self) -> Reveal:
        """The way of the review."""
        return Reveal[self.name]
