"""The choices of the panel, by the words the user reads and the words the engine knows."""

from __future__ import annotations

from enum import Enum

from slicer.i18n import tr as _
from VolumePreservingRegLib.review.compare import Compare
from VolumePreservingRegLib.review.overlays import Overlay


class Acquired(Enum):
    """How it is known where the scan was measured."""

    GEOMETRY = "geometry"
    MASK = "mask"
    DETECT = "detect"

    def label(self) -> str:
        """Return the words in the list."""
        return {
            Acquired.GEOMETRY: _("The scan has its thick slices"),
            Acquired.MASK: _("A mask of what was measured"),
            Acquired.DETECT: _("Search in an interpolated scan"),
        }[self]


class OverlayChoice(Enum):
    """What lies over the images."""

    NONE = "none"
    CONFIDENCE = "confidence"

    def label(self) -> str:
        """Return the words in the list."""
        return {
            OverlayChoice.NONE: _("Nothing"),
            OverlayChoice.CONFIDENCE: _("Between the slices: interpolated"),
        }[self]

    @property
    def overlay(self) -> Overlay:
        """The overlay of the review."""
        return Overlay[self.name]


class ComparisonChoice(Enum):
    """Which images stand side by side."""

    OFF = "off"
    THREE_PLANES = "three planes"
    SCAN_AND_ATLAS = "scan and atlas"
    BEFORE_AND_AFTER = "before and after"

    def label(self) -> str:
        """Return the words in the list."""
        return {
            ComparisonChoice.OFF: _("Off: the layout as it was"),
            ComparisonChoice.THREE_PLANES: _("Scan above atlas, three planes"),
            ComparisonChoice.SCAN_AND_ATLAS: _("Scan | atlas, axial"),
            ComparisonChoice.BEFORE_AND_AFTER: _("Before | after"),
        }[self]

    @property
    def compare(self) -> Compare | None:
        """The comparison of the review."""
        return {
            ComparisonChoice.OFF: None,
            ComparisonChoice.THREE_PLANES: Compare.THREE_PLANES,
            ComparisonChoice.SCAN_AND_ATLAS: Compare.BASELINE_AND_ALIGNED,
            ComparisonChoice.BEFORE_AND_AFTER: Compare.BEFORE_AND_AFTER,
        }[self]
